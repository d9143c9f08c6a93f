/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <elf.h>
#include <string.h>

#include "error.h"
#include "image.h"

#define LINUX_MAGIC        "ARM\x64"
#define LINUX_MAGIC_OFFSET 56
#define LINUX_TEXT_OFFSET  8           /* in the header: where in RAM, */
#define LINUX_IMAGE_SIZE   16          /* valid if this is not 0 */
#define FLAT_OFFSET        0x80000ull  /* in RAM, of a kernel that does not say */
#define BOOT_ROOM          0x1000ull   /* a kernel does not begin in the first 4 KiB, */
#define RAISED             0x200000ull /* but so much higher */
#define PAGE               0x1000u
#define MAX_SPAN           (1ull << 31)

static guint64 get_u64(const guint8 *at)
{
    guint64 value;

    memcpy(&value, at, sizeof(value));
    return GUINT64_FROM_LE(value);
}

static guint64 kernel_offset(const guint8 *data, gsize size)
{
    guint64 offset = FLAT_OFFSET;

    if (size > LINUX_MAGIC_OFFSET + 4 && !memcmp(data + LINUX_MAGIC_OFFSET, LINUX_MAGIC, 4) &&
        get_u64(data + LINUX_IMAGE_SIZE)) {
        offset = get_u64(data + LINUX_TEXT_OFFSET);
    }
    return offset < BOOT_ROOM ? offset + RAISED : offset;
}

/* Segment i of the file, all of it inside. */
static gboolean segment(const guint8 *data, gsize size, const Elf64_Ehdr *header, guint i,
                        Elf64_Phdr *segment)
{
    guint64 at = header->e_phoff + (guint64)i * sizeof(*segment);

    if (header->e_phoff > size || at + sizeof(*segment) > size) {
        return FALSE;
    }
    memcpy(segment, data + at, sizeof(*segment));
    return segment->p_type != PT_LOAD ||
           (segment->p_offset <= size && segment->p_filesz <= size - segment->p_offset &&
            segment->p_filesz <= segment->p_memsz && segment->p_paddr < 1ull << 48);
}

/* Physical range of what is loaded, and the entry, which is a virtual address. */
static gboolean measure(const guint8 *data, gsize size, const Elf64_Ehdr *header,
                        struct pack_image *image)
{
    guint64 low = G_MAXUINT64, high = 0;
    Elf64_Phdr s;

    image->entry = header->e_entry;
    for (guint i = 0; i < header->e_phnum; i++) {
        if (!segment(data, size, header, i, &s)) {
            return FALSE;
        }
        if (s.p_type != PT_LOAD || !s.p_filesz) {
            continue;
        }
        low = MIN(low, s.p_paddr);
        high = MAX(high, s.p_paddr + s.p_filesz);
        if (header->e_entry >= s.p_vaddr && header->e_entry - s.p_vaddr < s.p_filesz) {
            image->entry = header->e_entry - s.p_vaddr + s.p_paddr;
        }
    }
    image->load = low & ~(guint64)(PAGE - 1);
    image->size = high - image->load;
    return low < high && image->size <= MAX_SPAN && image->entry >= low && image->entry < high;
}

static void flatten(const guint8 *data, gsize size, const Elf64_Ehdr *header,
                    const struct pack_image *image, guint8 *flat)
{
    Elf64_Phdr s;

    for (guint i = 0; i < header->e_phnum; i++) {
        if (segment(data, size, header, i, &s) && s.p_type == PT_LOAD && s.p_filesz) {
            memcpy(flat + (s.p_paddr - image->load), data + s.p_offset, s.p_filesz);
        }
    }
}

static gboolean examine_elf(GBytes **bytes, struct pack_image *image, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(*bytes, &size);
    Elf64_Ehdr header;
    guint8 *flat;

    if (size < sizeof(header)) {
        return pack_fail(error, "a damaged ELF file; make it again");
    }
    memcpy(&header, data, sizeof(header));
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
        header.e_machine != EM_AARCH64 || header.e_phentsize != sizeof(Elf64_Phdr)) {
        return pack_fail(error, "an ELF file, but not for AArch64; build it for that");
    }
    if (!measure(data, size, &header, image)) {
        return pack_fail(error, "an ELF file without a program to load, or a damaged one");
    }
    image->kind = PACK_IMAGE_ELF;
    flat = g_malloc0(image->size);
    flatten(data, size, &header, image, flat);
    g_bytes_unref(*bytes);
    *bytes = g_bytes_new_take(flat, image->size);
    return TRUE;
}

gboolean pack_image_examine(GBytes **bytes, gboolean firmware, struct pack_image *image,
                            GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(*bytes, &size);

    *image = (struct pack_image){.kind = PACK_IMAGE_FIRMWARE, .size = size};
    if (firmware) {
        return TRUE;
    }
    if (size >= SELFMAG && !memcmp(data, ELFMAG, SELFMAG)) {
        return examine_elf(bytes, image, error);
    }
    image->kind = PACK_IMAGE_KERNEL;
    image->load = image->entry = kernel_offset(data, size);
    return TRUE;
}
