/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include "format.h"

#define EXT_SUPERBLOCK     1024u
#define EXT_BLOCKS         4u  /* s_blocks_count_lo */
#define EXT_LOG_BLOCK_SIZE 24u /* s_log_block_size */
#define EROFS_SUPERBLOCK   1024u
#define EROFS_BLOCK_BITS   12u /* blkszbits */
#define EROFS_BLOCKS       36u /* blocks_lo */
#define SQUASHFS_BYTES     40u /* bytes_used */

/* The first that matches counts: what has two marks stands by the more particular one. */
static const struct mark {
    enum pack_format format;
    guint16 offset;
    guint16 length;
    const char *bytes;
} marks[] = {
    {FORMAT_LINUX_ARM64, 56, 4, "ARM\x64"},
    {FORMAT_LINUX_ARM, 36, 4, "\x18\x28\x6f\x01"},
    {FORMAT_LINUX_X86, 0x202, 4, "HdrS"},
    {FORMAT_EFI_ZBOOT, 4, 4, "zimg"},
    {FORMAT_ELF, 0, 4, "\177ELF"},
    {FORMAT_UIMAGE, 0, 4, "\x27\x05\x19\x56"},
    {FORMAT_ANDROID, 0, 8, "ANDROID!"},
    {FORMAT_DEVICE_TREE, 0, 4, "\xd0\x0d\xfe\xed"},
    {FORMAT_CPIO, 0, 5, "07070"},
    {FORMAT_GZIP, 0, 3, "\x1f\x8b\x08"},
    {FORMAT_XZ, 0, 6,
     "\xfd"
     "7zXZ\0"},
    {FORMAT_LZMA, 0, 5, "\x5d\0\0\x80\0"}, /* by the usual dictionaries, 8 MiB and */
    {FORMAT_LZMA, 0, 5, "\x5d\0\0\0\x04"}, /* 64 MiB */
    {FORMAT_LZ4, 0, 4, "\x02\x21\x4c\x18"},
    {FORMAT_LZ4, 0, 4, "\x04\x22\x4d\x18"},
    {FORMAT_LZO, 0, 4, "\x89LZO"},
    {FORMAT_BZIP2, 0, 3, "BZh"},
    {FORMAT_ZSTD, 0, 4, "\x28\xb5\x2f\xfd"},
    {FORMAT_QCOW2, 0, 4, "QFI\xfb"},
    {FORMAT_SQUASHFS, 0, 4, "hsqs"},
    {FORMAT_CRAMFS, 0, 4, "\x45\x3d\xcd\x28"},
    {FORMAT_ROMFS, 0, 8, "-rom1fs-"},
    {FORMAT_SCRIPT, 0, 2, "#!"},
    {FORMAT_EFI, 0, 2, "MZ"},
    {FORMAT_EXT, 1080, 2, "\x53\xef"},
    {FORMAT_EROFS, 1024, 4, "\xe2\xe1\xf5\xe0"},
};

static const char *const names[FORMATS] = {
    [FORMAT_UNKNOWN] = "a file of unknown format",
    [FORMAT_LINUX_ARM64] = "a Linux kernel for arm64",
    [FORMAT_LINUX_ARM] = "a Linux kernel for arm",
    [FORMAT_LINUX_X86] = "a Linux kernel for x86",
    [FORMAT_EFI_ZBOOT] = "an EFI zboot kernel",
    [FORMAT_EFI] = "an EFI or Windows program",
    [FORMAT_ELF] = "an ELF file",
    [FORMAT_UIMAGE] = "a U-Boot image",
    [FORMAT_ANDROID] = "an Android boot image",
    [FORMAT_DEVICE_TREE] = "a device tree or FIT image",
    [FORMAT_CPIO] = "a cpio archive, as initrds are",
    [FORMAT_GZIP] = "a gzip file",
    [FORMAT_XZ] = "an xz file",
    [FORMAT_LZMA] = "an lzma file",
    [FORMAT_LZ4] = "an lz4 file",
    [FORMAT_LZO] = "an lzop file",
    [FORMAT_BZIP2] = "a bzip2 file",
    [FORMAT_ZSTD] = "a zstd file",
    [FORMAT_EXT] = "an ext2, ext3 or ext4 file system",
    [FORMAT_SQUASHFS] = "a squashfs file system",
    [FORMAT_EROFS] = "an erofs file system",
    [FORMAT_CRAMFS] = "a cramfs file system",
    [FORMAT_ROMFS] = "a romfs file system",
    [FORMAT_QCOW2] = "a qcow2 disk image",
    [FORMAT_SCRIPT] = "a script",
};

static guint32 get_u32(const guint8 *at)
{
    guint32 value;

    memcpy(&value, at, sizeof(value));
    return GUINT32_FROM_LE(value);
}

/* Two bytes are no proof: blocks of 1 KiB << s_log_block_size, 64 KiB at most. */
static gboolean is_ext(const guint8 *data)
{
    return get_u32(data + EXT_SUPERBLOCK + EXT_LOG_BLOCK_SIZE) <= 6;
}

enum pack_format pack_format_of(const guint8 *data, gsize size)
{
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        const struct mark *mark = &marks[i];

        if (size >= (gsize)mark->offset + mark->length &&
            !memcmp(data + mark->offset, mark->bytes, mark->length) &&
            (mark->format != FORMAT_EXT || is_ext(data))) {
            return mark->format;
        }
    }
    return FORMAT_UNKNOWN;
}

const char *pack_format_name(enum pack_format format)
{
    return names[format];
}

gboolean pack_format_is_initrd(enum pack_format format)
{
    return format >= FORMAT_CPIO && format <= FORMAT_ROMFS;
}

/* Arm DDI 0487, C4.1: bits [28:25] 0000 to 0011 are reserved, unallocated, SME or SVE. */
static gboolean is_a64(guint32 word)
{
    return (word >> 25 & 15) > 3;
}

/* Arm DDI 0487, F4.1: start-up code is unconditional, condition 1110, nearly always. */
static gboolean is_a32(guint32 word)
{
    return word >> 28 == 14;
}

#define WORDS 128 /* that are looked at */

gboolean pack_format_is_code(const guint8 *data, gsize size, gboolean arm)
{
    gboolean (*is_instruction)(guint32) = arm ? is_a32 : is_a64;
    guint good = 0, bad = 0;

    if (size < 4 || !is_instruction(get_u32(data))) {
        return FALSE;
    }
    for (gsize at = 0; at + 4 <= size && at < WORDS * 4; at += 4) {
        guint32 word = get_u32(data + at);

        if (is_instruction(word)) {
            good++;
        } else if (word) {
            bad++;
        }
    }
    return arm ? good > bad : good > 15 * bad;
}

/* The end of a PE file's last section (Microsoft PE format, section 4). */
static guint64 pe_size(const guint8 *data, gsize size)
{
    guint64 end = 0;
    gsize header, sections;
    guint count;

    if (size < 0x40 || (header = get_u32(data + 0x3c)) > size || size - header < 24 ||
        memcmp(data + header, "PE\0\0", 4)) {
        return 0;
    }
    count = data[header + 6] | data[header + 7] << 8;
    sections = header + 24 + (data[header + 20] | data[header + 21] << 8);
    for (guint i = 0; i < count && sections + (i + 1) * 40 <= size; i++) {
        const guint8 *section = data + sections + (gsize)i * 40;

        end = MAX(end, (guint64)get_u32(section + 16) + get_u32(section + 20));
    }
    return end;
}

guint64 pack_format_size(const guint8 *data, gsize size)
{
    switch (pack_format_of(data, size)) {
    case FORMAT_EXT:
        return (guint64)get_u32(data + EXT_SUPERBLOCK + EXT_BLOCKS)
               << (10 + get_u32(data + EXT_SUPERBLOCK + EXT_LOG_BLOCK_SIZE));
    case FORMAT_SQUASHFS:
        if (size < SQUASHFS_BYTES + 8) {
            return G_MAXUINT64;
        }
        return get_u32(data + SQUASHFS_BYTES) | (guint64)get_u32(data + SQUASHFS_BYTES + 4) << 32;
    case FORMAT_EROFS:
        if (size < EROFS_SUPERBLOCK + EROFS_BLOCKS + 4) {
            return G_MAXUINT64;
        }
        return (guint64)get_u32(data + EROFS_SUPERBLOCK + EROFS_BLOCKS)
               << (data[EROFS_SUPERBLOCK + EROFS_BLOCK_BITS] & 31);
    case FORMAT_LINUX_ARM64:
    case FORMAT_EFI:
    case FORMAT_EFI_ZBOOT:
        return memcmp(data, "MZ", 2) ? 0 : pe_size(data, size);
    default:
        return 0;
    }
}
