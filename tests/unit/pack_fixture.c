/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "fdtwrite.h"
#include "pack_fixture.h"

#define GIC 1u

const char fixture_phone[] =
    "[handset]\nname=one\nmemory=3G\nel2-uart=0\n"
    "[vm switchboard]\nkind=switchboard\nmemory=128M\npcpus=0\npriority=6\nuart=1\nservice-uart=2\n"
    "[vm personal]\nkernel=linux\ninitrd=initrd\nmemory=1G\nvcpus=2\npcpus=1;2\nuart=3\nshare=all\n"
    "[vm work]\nkernel=linux\nmemory=1024\nvcpus=2\npcpus=3;2\nuart=4\n"
    "[vm metronome]\nkind=realtime\nkernel=flat\nmemory=8M\npcpus=0\npriority=7\nuart=5\n";

/* Part `name`, of eMMCs with their number. `dma`: number at the DMA firewall and 1 reads, 2 writes,
 * 3 both; 0, 0: does none. */
static void master(struct pack_fdt *fdt, const char *name, const char *compatible, guint64 base,
                   guint32 spi, guint32 number, guint32 what)
{
    const struct pack_range reg = {base, 0x1000};
    const guint32 interrupt[] = {0, spi, 4}, dma[] = {number, what};
    g_autofree char *part =
        strcmp(name, "mmc") ? g_strdup(name) : g_strdup_printf("mmc%u", number - 1);

    pack_fdt_node_at(fdt, name, base);
    pack_fdt_string(fdt, "compatible", compatible);
    pack_fdt_reg(fdt, "reg", &reg, 1);
    pack_fdt_cells(fdt, "interrupts", interrupt, 3);
    if (what) {
        pack_fdt_cells(fdt, "phonebooth,dma-master", dma, 2);
    }
    pack_fdt_string(fdt, "phonebooth,part", part);
    pack_fdt_end_node(fdt);
}

static void device(struct pack_fdt *fdt, const char *name, const char *compatible, guint64 base,
                   guint32 spi)
{
    master(fdt, name, compatible, base, spi, 0, 0);
}

/* An I2C controller with a gauge: its second interrupt is the bus's SMBALERT#. */
static void gauge(struct pack_fdt *fdt, guint64 base)
{
    const struct pack_range reg = {base, 0x1000};
    const guint32 interrupts[] = {0, 12, 4, 0, 14, 4};

    pack_fdt_node_at(fdt, "i2c", base);
    pack_fdt_string(fdt, "compatible", "fsl,imx21-i2c");
    pack_fdt_string(fdt, "phonebooth,part", "i2c1");
    pack_fdt_reg(fdt, "reg", &reg, 1);
    pack_fdt_cells(fdt, "interrupts", interrupts, G_N_ELEMENTS(interrupts));
    pack_fdt_u32(fdt, "#address-cells", 1);
    pack_fdt_u32(fdt, "#size-cells", 0);
    pack_fdt_node_at(fdt, "battery", 0x0b);
    pack_fdt_string(fdt, "compatible", "sbs,sbs-battery");
    pack_fdt_u32(fdt, "reg", 0x0b);
    pack_fdt_end_node(fdt);
    pack_fdt_node_at(fdt, "backlight", 0x2c);
    pack_fdt_string(fdt, "compatible", "ti,lp8556");
    pack_fdt_u32(fdt, "reg", 0x2c);
    pack_fdt_end_node(fdt);
    pack_fdt_end_node(fdt);
}

/* A UART with a chip at its other end. */
static void serial_chip(struct pack_fdt *fdt, guint64 base)
{
    const struct pack_range reg = {base, 0x1000};

    pack_fdt_node_at(fdt, "serial", base);
    pack_fdt_string(fdt, "compatible", "arm,pl011");
    pack_fdt_string(fdt, "phonebooth,part", "gnss");
    pack_fdt_reg(fdt, "reg", &reg, 1);
    pack_fdt_node(fdt, "gnss");
    pack_fdt_string(fdt, "compatible", "globaltop,pa6h");
    pack_fdt_end_node(fdt);
    pack_fdt_end_node(fdt);
}

static void cpus(struct pack_fdt *fdt)
{
    pack_fdt_node(fdt, "cpus");
    pack_fdt_u32(fdt, "#address-cells", 1);
    pack_fdt_u32(fdt, "#size-cells", 0);
    for (guint i = 0; i < 4; i++) {
        pack_fdt_node_at(fdt, "cpu", i);
        pack_fdt_string(fdt, "device_type", "cpu");
        pack_fdt_u32(fdt, "reg", i);
        pack_fdt_end_node(fdt);
    }
    pack_fdt_end_node(fdt);
}

static void gic_and_memory(struct pack_fdt *fdt, guint64 memory)
{
    const struct pack_range gic[] = {{0x10000000, 0x10000}, {0x10080000, 0x80000}};
    const struct pack_range ram = {0x80000000, memory};
    const guint32 sizes[] = {0, 256u << 20, 2, 0}; /* 256 MiB to 8 GiB */

    pack_fdt_node_at(fdt, "memory", ram.base);
    pack_fdt_string(fdt, "device_type", "memory");
    pack_fdt_reg(fdt, "reg", &ram, 1);
    pack_fdt_cells(fdt, "phonebooth,sizes", sizes, 4);
    pack_fdt_end_node(fdt);
    pack_fdt_node_at(fdt, "interrupt-controller", gic[0].base);
    pack_fdt_string(fdt, "compatible", "arm,gic-v3");
    pack_fdt_empty(fdt, "interrupt-controller");
    pack_fdt_u32(fdt, "#interrupt-cells", 3);
    pack_fdt_u32(fdt, "phandle", GIC);
    pack_fdt_reg(fdt, "reg", gic, 2);
    pack_fdt_end_node(fdt);
    pack_fdt_node(fdt, "psci");
    pack_fdt_string(fdt, "compatible", "arm,psci-0.2");
    pack_fdt_string(fdt, "method", "smc");
    pack_fdt_end_node(fdt);
}

GBytes *fixture_board(guint64 memory)
{
    struct pack_fdt fdt;

    pack_fdt_begin(&fdt, 0x10000);
    pack_fdt_u32(&fdt, "#address-cells", 2);
    pack_fdt_u32(&fdt, "#size-cells", 2);
    pack_fdt_u32(&fdt, "interrupt-parent", GIC);
    cpus(&fdt);
    gic_and_memory(&fdt, memory);
    for (guint i = 0; i < 8; i++) {
        device(&fdt, "serial", "arm,pl011", 0x12000000 + i * 0x10000, i);
    }
    serial_chip(&fdt, 0x12080000);
    device(&fdt, "rtc", "arm,pl031", 0x12100000, 8);
    gauge(&fdt, 0x12140000);
    master(&fdt, "display", "phonebooth,display-engine", 0x12200000, 16, 0, 1);
    for (guint i = 0; i < 4; i++) {
        master(&fdt, "mmc", "arasan,sdhci-8.9a", 0x12300000 + i * 0x10000, 20 + i, 1 + i, 3);
    }
    device(&fdt, "dma-firewall", "phonebooth,dma-firewall", 0x12500000, 0);
    device(&fdt, "dma-firewall-report", "phonebooth,dma-firewall-report", 0x12510000, 28);
    return pack_fdt_end(&fdt, "board", NULL);
}

void fixture_init(struct fixture *fixture, guint64 memory)
{
    gsize size;
    const void *data;

    memset(fixture, 0, sizeof(*fixture));
    fixture->folder = g_dir_make_tmp("pack-XXXXXX", NULL);
    fixture->dtb = fixture_board(memory);
    data = g_bytes_get_data(fixture->dtb, &size);
    CU_ASSERT_TRUE_FATAL(pack_board_read(&fixture->board, data, size, "board.dtb", NULL));
}

static void remove_folder(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *file = g_build_filename(path, name, NULL);

        if (g_unlink(file)) {
            remove_folder(file);
        }
    }
    g_rmdir(path);
}

void fixture_finish(struct fixture *fixture)
{
    remove_folder(fixture->folder);
    g_free(fixture->folder);
    pack_handset_finish(&fixture->handset);
    g_bytes_unref(fixture->dtb);
}

char *fixture_write(const struct fixture *fixture, const char *name, const char *text)
{
    char *path = g_build_filename(fixture->folder, name, NULL);

    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, -1, NULL));
    return path;
}

char *fixture_write_bytes(const struct fixture *fixture, const char *name, const char *text,
                          gsize size)
{
    char *path = g_build_filename(fixture->folder, name, NULL);
    g_autofree char *bytes = g_malloc0(size);

    memcpy(bytes, text, MIN(strlen(text), size));
    CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, bytes, (gssize)size, NULL));
    return path;
}

gboolean fixture_plan(struct fixture *fixture, const char *text, GError **error)
{
    struct pack_image image[PB_MAX_VMS] = {{0}};
    g_autofree char *path = fixture_write(fixture, "handset.ini", text);

    pack_handset_finish(&fixture->handset);
    if (!pack_handset_read(&fixture->handset, path, NULL, error)) {
        return FALSE;
    }
    for (guint i = 0; i < fixture->handset.vms; i++) {
        const char *kernel = fixture->handset.vm[i].kernel;

        image[i].load = kernel && g_str_has_suffix(kernel, "linux") ? 0x200000 : 0x80000;
        image[i].entry = image[i].load;
    }
    return pack_plan_make(&fixture->plan, &fixture->board, &fixture->handset, image, error);
}

void fixture_refuses(struct fixture *fixture, const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;

    CU_ASSERT_FALSE(fixture_plan(fixture, text, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, part));
    CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
    if (!strstr(error->message, part)) {
        g_printerr("said: %s\nwanted: %s\n", error->message, part);
    }
}

int fixture_run(const char *name, const CU_TestInfo *tests)
{
    CU_pSuite suite;
    unsigned failures;

    if (CU_initialize_registry() != CUE_SUCCESS || !(suite = CU_add_suite(name, NULL, NULL))) {
        return 1;
    }
    for (; tests->pName; tests++) {
        if (!CU_add_test(suite, tests->pName, tests->pTestFunc)) {
            return 1;
        }
    }
    CU_basic_set_mode(CU_BRM_VERBOSE);
    if (CU_basic_run_tests() != CUE_SUCCESS) {
        return 1;
    }
    failures = CU_get_number_of_failures();
    CU_cleanup_registry();
    return failures != 0;
}
