/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* What the emulator finds of a handset's files before QEMU is asked: truncated, wrong, too small.
 */
#include "suite.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "phone/handset.h"
#include "phonebooth/table.h"

#define MIB 0x100000u

static char *folder;

static const char ini[] = "[handset]\nname=one\nboard=one\nmemory=1024\nkernel=hypervisor.elf\n"
                          "[load]\ntable.bin=0x40300000\n[size]\ntable.bin=%zu\nsystem.img=4096\n"
                          "[emmc]\n0=system.img\n1=%s\n";
static const char *disk = "data.img";

static char *path(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static void put(const char *name, const void *data, gsize size)
{
    g_autofree char *file = path(name);

    CU_ASSERT_TRUE_FATAL(g_file_set_contents(file, data, (gssize)size, NULL));
}

static void put_table(uint64_t ram_end)
{
    struct pb_table table = {
        .magic = PB_TABLE_MAGIC, .version = PB_TABLE_VERSION, .size = sizeof(table), .vm_count = 1};

    table.vm[0].ram_pa = ram_end - 2 * MIB;
    table.vm[0].ram_size = 2 * MIB;
    put("table.bin", &table, sizeof(table));
}

static void put_all(void)
{
    guint8 zeros[4096] = {0};

    put("hypervisor.elf", "\177ELF", 4);
    put("system.img", zeros, sizeof(zeros));
    put("data.img", zeros, sizeof(zeros));
    put_table(0x80000000ull + 1024ull * MIB);
}

/* NULL: the files are right; else what is said of them, to be freed. */
static char *check(void)
{
    g_autofree char *text = g_strdup_printf(ini, sizeof(struct pb_table), disk);
    struct handset *handset = handset_parse(folder, text, strlen(text), NULL);
    GError *error = NULL;
    char *said = NULL;

    CU_ASSERT_PTR_NOT_NULL_FATAL(handset);
    if (!handset_check_files(handset, false, &error)) {
        said = g_strdup(error->message);
        g_error_free(error);
    }
    handset_free(handset);
    return said;
}

static void says(const char *file, const char *part)
{
    g_autofree char *said = check();

    CU_ASSERT_PTR_NOT_NULL_FATAL(said);
    CU_ASSERT_PTR_NOT_NULL(strstr(said, file));
    CU_ASSERT_PTR_NOT_NULL(strstr(said, part));
    CU_ASSERT_PTR_NULL(strchr(said, '\n'));
    put_all();
}

static void takes_what_pack_wrote(void)
{
    put_all();
    CU_ASSERT_PTR_NULL(check());
}

static void refuses_wrong_files(void)
{
    static const guint8 qcow2[512] = {'Q', 'F', 'I', 0xfb, [29] = 0x30}; /* a disk of 3 MiB */

    put("data.img", "ten bytes", 10);
    says("data.img", "10 bytes are no size of an eMMC");
    put("data.img", "", 0);
    says("data.img", "0 bytes are no size of an eMMC");
    put("data.img", qcow2, sizeof(qcow2) - 1);
    says("data.img", "511 bytes are no size of an eMMC"); /* what a guest wrote does not count */
    put("system.img", "short", 5);
    says("system.img", "has 5 bytes, not the 4096 that pack wrote");
    put("table.bin", "short", 5);
    says("table.bin", "has 5 bytes, not the");
    g_autofree char *data = path("data.img");
    g_unlink(data);
    says("data.img", "No such file");
    g_unlink(data);
    g_mkdir(data, 0700);
    g_autofree char *said = check();
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "data.img, which"));
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "not a regular file"));
    g_rmdir(data);
    put_all();
}

/* A format is what the name of an image says. */
static void knows_formats_by_name(void)
{
    guint8 qcow2[512] = {'Q', 'F', 'I', 0xfb, [29] = 0x30}; /* a disk of 3 MiB */

    put("data.img", qcow2, sizeof(qcow2));
    CU_ASSERT_PTR_NULL(check());
    disk = "data.qcow2";
    put(disk, qcow2, sizeof(qcow2));
    says(disk, "3145728 bytes are no size of an eMMC");
    qcow2[29] = 0x40;
    put(disk, qcow2, sizeof(qcow2));
    CU_ASSERT_PTR_NULL(check());
    qcow2[0] = 'q';
    put(disk, qcow2, sizeof(qcow2));
    says(disk, "is no qcow2 image, which its name says");
    disk = "data.img";
    put_all();
}

/* handset.ini edited to less memory than what EL2's table gives out. */
static void refuses_too_little_memory(void)
{
    put_table(0x80000000ull + 1026ull * MIB);
    says("handset.ini: [handset] memory: 1024 MiB", "need 1026 MiB");
}

static void refuses_another_version(void)
{
    struct pb_table table = {.magic = PB_TABLE_MAGIC, .version = PB_TABLE_VERSION + 1};

    put("table.bin", &table, sizeof(table));
    says("table.bin", "is not a table of this version");
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"takes what pack wrote", takes_what_pack_wrote},
        {"refuses wrong files", refuses_wrong_files},
        {"knows formats by name", knows_formats_by_name},
        {"refuses too little memory", refuses_too_little_memory},
        {"refuses a table of another version", refuses_another_version},
        CU_TEST_INFO_NULL,
    };
    int status;

    folder = g_dir_make_tmp("emu-files-XXXXXX", NULL);
    status = run_suite("a handset's files", tests);
    for (const char *const *name = (const char *const[]){"hypervisor.elf", "system.img", "data.img",
                                                         "data.qcow2", "table.bin", NULL};
         *name; name++) {
        g_autofree char *file = path(*name);
        g_unlink(file);
    }
    g_rmdir(folder);
    g_free(folder);
    return status;
}
