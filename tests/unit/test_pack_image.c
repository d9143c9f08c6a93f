/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Where kernels, ELF files and firmware go: as QEMU's machine `virt` places them. */
#include <elf.h>
#include <string.h>

#include "image.h"
#include "suite.h"

#define FILE_SIZE 512
#define CODE      300 /* offset of the first segment in the file */

static GBytes *flat(const char *magic, guint64 text_offset, guint64 image_size)
{
    guint8 data[100] = {0};

    memcpy(data + 8, &text_offset, 8);
    memcpy(data + 16, &image_size, 8);
    memcpy(data + 56, magic, 4);
    return g_bytes_new(data, sizeof(data));
}

static guint64 kernel_at(const char *magic, guint64 text_offset, guint64 image_size)
{
    GBytes *bytes = flat(magic, text_offset, image_size);
    struct pack_image image;

    CU_ASSERT_TRUE(pack_image_examine(&bytes, FALSE, &image, NULL));
    CU_ASSERT_EQUAL(image.kind, PACK_IMAGE_KERNEL);
    CU_ASSERT_EQUAL(image.entry, image.load);
    CU_ASSERT_EQUAL(g_bytes_get_size(bytes), 100);
    g_bytes_unref(bytes);
    return image.load;
}

static void kernels(void)
{
    CU_ASSERT_EQUAL(kernel_at("ARM\x64", 0, 1000), 0x200000);
    CU_ASSERT_EQUAL(kernel_at("ARM\x64", 0x80000, 1000), 0x80000);
    CU_ASSERT_EQUAL(kernel_at("ARM\x64", 0x10000, 0), 0x80000); /* before Linux 3.17 */
    CU_ASSERT_EQUAL(kernel_at("none", 0, 1000), 0x80000);
}

static void firmware(void)
{
    GBytes *bytes = flat("ARM\x64", 0, 1000);
    struct pack_image image;

    CU_ASSERT_TRUE(pack_image_examine(&bytes, TRUE, &image, NULL));
    CU_ASSERT_EQUAL(image.kind, PACK_IMAGE_FIRMWARE);
    CU_ASSERT_EQUAL(image.size, 100);
    g_bytes_unref(bytes);
}

/* Two segments, the second lower, virtual addresses elsewhere; the entry is in the first. */
static GBytes *elf(void)
{
    guint8 data[FILE_SIZE] = {0};
    const Elf64_Phdr segments[] = {
        {.p_type = PT_LOAD,
         .p_offset = CODE,
         .p_vaddr = 0xffff000000001000,
         .p_paddr = 0x40101000,
         .p_filesz = 100,
         .p_memsz = 0x8000},
        {.p_type = PT_NOTE, .p_offset = 1ull << 40, .p_filesz = 8},
        {.p_type = PT_LOAD,
         .p_offset = CODE + 100,
         .p_vaddr = 0x40100010,
         .p_paddr = 0x40100010,
         .p_filesz = 50,
         .p_memsz = 50},
    };
    Elf64_Ehdr header = {.e_type = ET_EXEC,
                         .e_machine = EM_AARCH64,
                         .e_entry = 0xffff000000001004,
                         .e_phoff = sizeof(header),
                         .e_phentsize = sizeof(Elf64_Phdr),
                         .e_phnum = G_N_ELEMENTS(segments)};

    memcpy(header.e_ident, ELFMAG "\2\1\1", 7);
    memcpy(data, &header, sizeof(header));
    memcpy(data + sizeof(header), segments, sizeof(segments));
    memset(data + CODE, 1, 100);
    memset(data + CODE + 100, 2, 50);
    return g_bytes_new(data, sizeof(data));
}

static void elf_file(void)
{
    GBytes *bytes = elf();
    struct pack_image image;
    const guint8 *data;

    CU_ASSERT_TRUE_FATAL(pack_image_examine(&bytes, FALSE, &image, NULL));
    CU_ASSERT_EQUAL(image.kind, PACK_IMAGE_ELF);
    CU_ASSERT_EQUAL(image.load, 0x40100000);
    CU_ASSERT_EQUAL(image.entry, 0x40101004);
    CU_ASSERT_EQUAL(image.size, 0x1000 + 100);
    CU_ASSERT_EQUAL_FATAL(g_bytes_get_size(bytes), image.size);
    data = g_bytes_get_data(bytes, NULL);
    CU_ASSERT_TRUE(data[0] == 0 && data[0x10] == 2 && data[0x41] == 2 && data[0x42] == 0);
    CU_ASSERT_TRUE(data[0xfff] == 0 && data[0x1000] == 1 && data[0x1063] == 1);
    g_bytes_unref(bytes);
}

static void refuse(guint offset, guint8 value, const char *why)
{
    g_autoptr(GError) error = NULL;
    GBytes *good = elf();
    guint8 data[FILE_SIZE];
    GBytes *bytes;
    struct pack_image image;

    memcpy(data, g_bytes_get_data(good, NULL), sizeof(data));
    data[offset] = value;
    bytes = g_bytes_new(data, sizeof(data));
    CU_ASSERT_FALSE(pack_image_examine(&bytes, FALSE, &image, &error));
    CU_ASSERT_PTR_NOT_NULL(error && strstr(error->message, why));
    g_bytes_unref(bytes);
    g_bytes_unref(good);
}

static void wrong_elf_files(void)
{
    refuse(EI_CLASS, ELFCLASS32, "not for AArch64");
    refuse(EI_DATA, ELFDATA2MSB, "not for AArch64");
    refuse(offsetof(Elf64_Ehdr, e_machine), EM_ARM, "not for AArch64");
    refuse(offsetof(Elf64_Ehdr, e_phnum), 0, "damaged");
    refuse(offsetof(Elf64_Ehdr, e_phnum), 200, "damaged");
    refuse(offsetof(Elf64_Ehdr, e_phoff) + 7, 0xff, "damaged");
    refuse(offsetof(Elf64_Ehdr, e_entry), 0x90, "damaged");
    refuse(sizeof(Elf64_Ehdr) + offsetof(Elf64_Phdr, p_filesz) + 1, 8, "damaged");
    refuse(sizeof(Elf64_Ehdr) + offsetof(Elf64_Phdr, p_paddr) + 4, 1, "damaged"); /* 4 GiB apart */
}

/* Each byte changed in turn: whatever comes out, nothing is read or written outside. */
static void damaged_elf_files(void)
{
    GBytes *good = elf();
    guint8 data[FILE_SIZE];

    for (guint i = 0; i < CODE; i++) {
        for (guint value = 0; value < 256; value += 15) {
            struct pack_image image;
            GBytes *bytes;

            memcpy(data, g_bytes_get_data(good, NULL), sizeof(data));
            data[i] = (guint8)value;
            bytes = g_bytes_new(data, sizeof(data));
            if (pack_image_examine(&bytes, FALSE, &image, NULL)) {
                CU_ASSERT_EQUAL(g_bytes_get_size(bytes), image.size);
            }
            g_bytes_unref(bytes);
        }
    }
    g_bytes_unref(good);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"kernels", kernels},
        {"firmware", firmware},
        {"ELF files", elf_file},
        {"wrong ELF files", wrong_elf_files},
        {"damaged ELF files", damaged_elf_files},
        CU_TEST_INFO_NULL,
    };

    return run_suite("image", tests);
}
