/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The written files: boot bundles, system disk, device trees, data disks, and what is left of a
 * failure. */
#include <string.h>

#include <glib/gstdio.h>
#include <libfdt.h>
#include <zlib.h>

#include "build.h"
#include "fit.h"
#include "gpt.h"
#include "guest_dt.h"
#include "kernel.h"
#include "pack_fixture.h"
#include "service_dt.h"

#define GIB 0x40000000ull

static guint64 u64(const void *fdt, const char *path, const char *name)
{
    int length, node = fdt_path_offset(fdt, path);
    const fdt64_t *value = fdt_getprop(fdt, node, name, &length);

    CU_ASSERT_TRUE_FATAL(value && length >= 8);
    return fdt64_ld(value);
}

static guint32 u32(const void *fdt, const char *path, const char *name)
{
    int length, node = fdt_path_offset(fdt, path);
    const fdt32_t *value = fdt_getprop(fdt, node, name, &length);

    CU_ASSERT_TRUE_FATAL(value && length == 4);
    return fdt32_ld(value);
}

static const char *text(const void *fdt, const char *path, const char *name)
{
    const char *value = fdt_getprop(fdt, fdt_path_offset(fdt, path), name, NULL);

    return value ? value : "(none)";
}

static GBytes *filled(gsize size, guint8 value)
{
    guint8 *data = g_malloc(size);

    memset(data, value, size);
    return g_bytes_new_take(data, size);
}

static void boot_bundle(void)
{
    struct fixture f;
    struct pack_fit fit;
    g_autoptr(GBytes) kernel = filled(1000, 1), initrd = filled(513, 2), dtb = filled(512, 3);
    const void *tree;
    gsize size;

    fixture_init(&f, 3 * GIB);
    CU_ASSERT_TRUE_FATAL(fixture_plan(&f, fixture_phone, NULL));
    CU_ASSERT_TRUE_FATAL(pack_fit_make(&fit, &f.plan, 1, kernel, initrd, dtb, NULL));
    tree = g_bytes_get_data(fit.tree, &size);
    CU_ASSERT_EQUAL(fdt_check_full(tree, size), 0);
    CU_ASSERT_EQUAL(size % 512, 0);
    CU_ASSERT_TRUE(fdt_totalsize(tree) <= size && size - fdt_totalsize(tree) < 512);
    CU_ASSERT_EQUAL(u32(tree, "/images/kernel", "data-size"), 1000);
    CU_ASSERT_EQUAL(u32(tree, "/images/kernel", "data-offset"), 0);
    CU_ASSERT_EQUAL(u32(tree, "/images/fdt", "data-offset"), 1024);
    CU_ASSERT_EQUAL(u32(tree, "/images/ramdisk", "data-offset"), 1536);
    CU_ASSERT_EQUAL(fit.offset[FIT_RAMDISK], size + 1536);
    CU_ASSERT_EQUAL(fit.size, size + 1536 + 1024);
    CU_ASSERT_EQUAL(u64(tree, "/images/kernel", "load"), 0x40200000);
    CU_ASSERT_EQUAL(u64(tree, "/images/kernel", "entry"), 0x40200000);
    CU_ASSERT_EQUAL(u64(tree, "/images/fdt", "load"), 0x48000000);
    CU_ASSERT_EQUAL(u64(tree, "/images/ramdisk", "load"), 0x48200000);
    CU_ASSERT_STRING_EQUAL(text(tree, "/configurations", "default"), "default");
    CU_ASSERT_STRING_EQUAL(text(tree, "/configurations/default", "ramdisk"), "ramdisk");
    pack_fit_finish(&fit);
    fixture_finish(&f);
}

static void bundle_too_large(void)
{
    struct fixture f;
    struct pack_fit fit;
    g_autoptr(GBytes) kernel = filled(8 << 20, 1), dtb = filled(512, 3);
    g_autoptr(GError) error = NULL;

    fixture_init(&f, 3 * GIB);
    CU_ASSERT_TRUE_FATAL(fixture_plan(&f, fixture_phone, NULL));
    CU_ASSERT_FALSE(pack_fit_make(&fit, &f.plan, 3, kernel, NULL, dtb, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "[vm metronome] kernel: larger"));
    pack_fit_finish(&fit);
    fixture_finish(&f);
}

static guint64 le(const guint8 *at, guint bytes)
{
    guint64 value = 0;

    for (guint i = bytes; i > 0; i--) {
        value = value << 8 | at[i - 1];
    }
    return value;
}

static void check_header(guint8 *header, const guint8 *entries, guint64 own, guint64 other)
{
    guint32 crc = (guint32)le(header + 16, 4);

    CU_ASSERT_EQUAL(memcmp(header, "EFI PART", 8), 0);
    CU_ASSERT_EQUAL(le(header + 24, 8), own);
    CU_ASSERT_EQUAL(le(header + 32, 8), other);
    CU_ASSERT_EQUAL(le(header + 88, 4), crc32(0, entries, 128 * 128));
    memset(header + 16, 0, 4);
    CU_ASSERT_EQUAL(crc, crc32(0, header, 92));
}

static void partition_table(void)
{
    struct pack_partition partitions[] = {
        {.name = "personal-boot", .size = 3000001},
        {.name = "personal-system", .size = 1},
        {.name = "work-boot", .size = 5 << 20},
    };
    guint8 first[GPT_TABLE_SIZE], last[GPT_BACKUP];
    guint64 size = pack_gpt_place(partitions, 3), sectors = size / 512, end = 0;

    CU_ASSERT_EQUAL(size & (size - 1), 0);
    for (gsize i = 0; i < 3; i++) {
        CU_ASSERT_EQUAL(partitions[i].start % GPT_ALIGN, 0);
        CU_ASSERT_TRUE(partitions[i].start >= MAX(end, GPT_TABLE_SIZE));
        end = partitions[i].start + partitions[i].size;
    }
    CU_ASSERT_TRUE(end <= size - GPT_BACKUP);
    pack_gpt_write(partitions, 3, size, first, last);
    CU_ASSERT_EQUAL(le(first + 510, 2), 0xaa55);
    CU_ASSERT_EQUAL(first[450], 0xee);
    check_header(first + 512, first + 1024, 1, sectors - 1);
    check_header(last + 32 * 512, last, sectors - 1, 1);
    CU_ASSERT_EQUAL(le(first + 1024 + 32, 8), partitions[0].start / 512);
    CU_ASSERT_EQUAL(le(first + 1024 + 40, 8), partitions[0].start / 512 + 5859);
    CU_ASSERT_EQUAL(first[1024 + 56], 'p');
    CU_ASSERT_EQUAL(le(first + 1024 + 3 * 128, 8), 0);
}

static void guest_tree(void)
{
    struct fixture f;
    g_autoptr(GBytes) bytes = NULL;
    const void *tree;
    gsize size;

    fixture_init(&f, 3 * GIB);
    CU_ASSERT_TRUE_FATAL(fixture_plan(&f, fixture_phone, NULL));
    bytes = pack_guest_dt_make(&f.plan, 1, 0x1234, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    tree = g_bytes_get_data(bytes, &size);
    CU_ASSERT_EQUAL(fdt_check_full(tree, size), 0);
    CU_ASSERT_EQUAL(u64(tree, "/memory@40000000", "reg"), 0x40000000);
    CU_ASSERT_EQUAL(u64(tree, "/chosen", "linux,initrd-start"), 0x48200000);
    CU_ASSERT_EQUAL(u64(tree, "/chosen", "linux,initrd-end"), 0x48201234);
    CU_ASSERT_STRING_EQUAL(text(tree, "/psci", "method"), "hvc");
    CU_ASSERT_STRING_EQUAL(text(tree, "/cpus/cpu@1", "enable-method"), "psci");
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/cpus/cpu@2") < 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/virtio_mmio@a001400") > 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/virtio_mmio@a001600") < 0);
    CU_ASSERT_EQUAL(u64(tree, "/vmgenid@a003f00", "reg"), 0x0a003f00);
    CU_ASSERT_EQUAL(u64(tree, "/mailbox@a003c00", "reg"), 0x0a003c00);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/smbus/battery@b") > 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/i2c@a011000/battery@b") < 0);
    g_clear_pointer(&bytes, g_bytes_unref);
    bytes = pack_guest_dt_make(&f.plan, 3, 0, NULL);
    tree = g_bytes_get_data(bytes, &size);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/virtio_mmio@a000000") < 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/i2c@a010000") < 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/i2c@a011000") < 0);
    CU_ASSERT_PTR_NULL(
        fdt_getprop(tree, fdt_path_offset(tree, "/chosen"), "linux,initrd-start", NULL));
    fixture_finish(&f);
}

/* What a persona sees of the battery is the description's to say. */
static void battery_by_policy(void)
{
    static const char *const policies[] = {"", "battery=real\n", "battery=57\n",
                                           "battery=absent\n"};
    static const gint64 given[] = {-1, -1, 57, UINT32_MAX - 1};
    const char *const partition[PB_MAX_VMS] = {NULL};
    struct fixture f;

    fixture_init(&f, GIB);
    for (guint i = 0; i < G_N_ELEMENTS(policies); i++) {
        g_autofree char *description = g_strconcat(
            "[handset]\nname=one\n[vm switchboard]\nkind=switchboard\nmemory=8M\npcpus=0\nuart=1\n"
            "[vm a]\nkernel=linux\nmemory=8M\npcpus=2\n",
            policies[i], NULL);
        g_autoptr(GBytes) guest = NULL, switchboard = NULL;
        const void *tree;
        const fdt32_t *level;

        CU_ASSERT_TRUE_FATAL(fixture_plan(&f, description, NULL));
        guest = pack_guest_dt_make(&f.plan, 1, 0, NULL);
        tree = g_bytes_get_data(guest, NULL);
        CU_ASSERT_TRUE(fdt_path_offset(tree, "/i2c@a011000") > 0);
        CU_ASSERT_EQUAL(fdt_path_offset(tree, "/smbus/battery@b") > 0, i != 3);
        CU_ASSERT_TRUE(fdt_path_offset(tree, "/i2c@a011000/backlight@2c") > 0);
        CU_ASSERT_TRUE(fdt_path_offset(tree, "/pl061@9030000") > 0);
        CU_ASSERT_TRUE(fdt_path_offset(tree, "/vibrator") > 0);
        switchboard = pack_service_dt_make(&f.plan, 0, partition, NULL);
        tree = g_bytes_get_data(switchboard, NULL);
        level = fdt_getprop(tree, fdt_path_offset(tree, "/phonebooth/vm@1"), "battery", NULL);
        CU_ASSERT_EQUAL(level ? (gint64)fdt32_to_cpu(*level) : -1, given[i]);
    }
    fixture_refuses(&f,
                    "[handset]\nname=one\n[vm a]\nkernel=linux\nmemory=8M\npcpus=1\nbattery=101\n",
                    "real, absent or a percentage");
    fixture_refuses(&f,
                    "[handset]\nname=one\n[vm a]\nkind=realtime\nkernel=linux\nmemory=8M\npcpus=1\n"
                    "battery=absent\n",
                    "only for personas");
    fixture_finish(&f);
}

/* The switchboard has the receiver, and learns what each persona may hear of it. */
static void position_by_policy(void)
{
    static const struct {
        const char *policy;
        int length; /* of the property; -1: there is none */
        gint32 latitude, longitude;
    } cases[] = {{"", -1, 0, 0},
                 {"position=real\n", -1, 0, 0},
                 {"position=absent\n", 0, 0, 0},
                 {"position=fixed 52.5163,13.3777\n", 8, 525163000, 133777000},
                 {"position=fixed -90,-180\n", 8, -900000000, -1800000000}};
    const char *const partition[PB_MAX_VMS] = {NULL};
    struct fixture f;

    fixture_init(&f, GIB);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *description = g_strconcat(
            "[handset]\nname=one\n[vm switchboard]\nkind=switchboard\nmemory=8M\npcpus=0\nuart=1\n"
            "[vm a]\nkernel=linux\nmemory=8M\npcpus=2\n",
            cases[i].policy, NULL);
        g_autoptr(GBytes) switchboard = NULL;
        const void *tree;
        const fdt32_t *place;
        int length = -1;

        CU_ASSERT_TRUE_FATAL(fixture_plan(&f, description, NULL));
        switchboard = pack_service_dt_make(&f.plan, 0, partition, NULL);
        tree = g_bytes_get_data(switchboard, NULL);
        CU_ASSERT_TRUE(fdt_path_offset(tree, "/serial@12080000/gnss") > 0);
        place = fdt_getprop(tree, fdt_path_offset(tree, "/phonebooth/vm@1"), "position", &length);
        CU_ASSERT_EQUAL(place ? length : -1, cases[i].length);
        if (place && length == 8) {
            CU_ASSERT_EQUAL((gint32)fdt32_to_cpu(place[0]), cases[i].latitude);
            CU_ASSERT_EQUAL((gint32)fdt32_to_cpu(place[1]), cases[i].longitude);
        }
    }
    fixture_finish(&f);
}

/* How it sounds, when it records and whether it sees, too; only a persona does. */
static void sound_by_policy(void)
{
    const char *const partition[PB_MAX_VMS] = {NULL};
    g_autoptr(GBytes) switchboard = NULL;
    struct fixture f;
    const void *tree;
    int node;

    fixture_init(&f, GIB);
    CU_ASSERT_TRUE_FATAL(fixture_plan(
        &f,
        "[handset]\nname=one\n[vm switchboard]\nkind=switchboard\nmemory=8M\npcpus=0\nuart=1\n"
        "[vm a]\nkernel=linux\nmemory=8M\npcpus=2\nsound=mixed\nmicrophone=absent\n"
        "camera=absent\n"
        "network=wifi\n"
        "[vm b]\nkernel=linux\nmemory=8M\npcpus=2\nsound=ducked\n",
        NULL));
    switchboard = pack_service_dt_make(&f.plan, 0, partition, NULL);
    tree = g_bytes_get_data(switchboard, NULL);
    CU_ASSERT_STRING_EQUAL(text(tree, "/phonebooth/vm@1", "sound"), "mixed");
    CU_ASSERT_STRING_EQUAL(text(tree, "/phonebooth/vm@1", "microphone"), "absent");
    CU_ASSERT_STRING_EQUAL(text(tree, "/phonebooth/vm@1", "camera"), "absent");
    node = fdt_path_offset(tree, "/phonebooth/vm@2");
    CU_ASSERT_PTR_NULL(fdt_getprop(tree, node, "sound", NULL));
    CU_ASSERT_PTR_NULL(fdt_getprop(tree, node, "microphone", NULL));
    CU_ASSERT_PTR_NULL(fdt_getprop(tree, node, "camera", NULL));
    CU_ASSERT_STRING_EQUAL(text(tree, "/phonebooth/vm@1", "network"), "wifi");
    CU_ASSERT_PTR_NULL(fdt_getprop(tree, node, "network", NULL));
    fixture_refuses(
        &f, "[handset]\nname=one\n[vm a]\nkernel=linux\nmemory=8M\npcpus=1\nsound=loud\n", "sound");
    fixture_refuses(&f,
                    "[handset]\nname=one\n[vm a]\nkind=realtime\nkernel=linux\nmemory=8M\npcpus=1\n"
                    "microphone=always\n",
                    "only for personas");
    fixture_refuses(&f,
                    "[handset]\nname=one\n[vm a]\nkind=realtime\nkernel=linux\nmemory=8M\npcpus=1\n"
                    "camera=absent\n",
                    "only for personas");
    fixture_finish(&f);
}

/* A firmware sees the flash that takes commands, and not its own as well. */
static void firmware_tree(void)
{
    static const char phone[] =
        "[handset]\nname=one\n[vm switchboard]\nkind=switchboard\nmemory=8M\npcpus=0\nuart=1\n"
        "[vm a]\n%sfirmware=flat\nmemory=16M\npcpus=1\n";
    static const char *const arch[] = {"", "arch=arm\n"};

    for (guint i = 0; i < G_N_ELEMENTS(arch); i++) {
        g_autofree char *description = g_strdup_printf(phone, arch[i]);
        struct fixture f;
        g_autoptr(GBytes) bytes = NULL;
        const void *tree;
        int size = 0;

        fixture_init(&f, GIB);
        CU_ASSERT_TRUE_FATAL(fixture_plan(&f, description, NULL));
        bytes = pack_guest_dt_make(&f.plan, 1, 0, NULL);
        tree = g_bytes_get_data(bytes, NULL);
        CU_ASSERT_EQUAL(u64(tree, "/flash@4000000", "reg"), 0x4000000);
        fdt_getprop(tree, fdt_path_offset(tree, "/flash@4000000"), "reg", &size);
        CU_ASSERT_EQUAL(size, 16);
        CU_ASSERT_TRUE(fdt_path_offset(tree, "/flash@0") < 0);
        fixture_finish(&f);
    }
}

static void switchboard_tree(void)
{
    static const char *const partition[PB_MAX_VMS] = {NULL, "personal-system"};
    struct fixture f;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GString) phone = g_string_new(fixture_phone);
    const void *tree;
    gsize size;

    fixture_init(&f, 3 * GIB);
    g_string_replace(phone, "[vm work]\n", "[vm work]\njoin=home\n", 1);
    CU_ASSERT_TRUE_FATAL(fixture_plan(&f, phone->str, NULL));
    bytes = pack_service_dt_make(&f.plan, 0, partition, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    tree = g_bytes_get_data(bytes, &size);
    CU_ASSERT_EQUAL(fdt_check_full(tree, size), 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/serial@12000000") < 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/serial@12010000") > 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/serial@12020000") > 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/serial@12030000") < 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/display@12200000") > 0);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/cpus/cpu@1") < 0);
    CU_ASSERT_STRING_EQUAL(text(tree, "/psci", "method"), "hvc");
    CU_ASSERT_STRING_EQUAL(text(tree, "/phonebooth/vm@1", "name"), "personal");
    CU_ASSERT_STRING_EQUAL(text(tree, "/phonebooth/vm@1", "system-partition"), "personal-system");
    CU_ASSERT_STRING_EQUAL(text(tree, "/phonebooth/vm@2", "system-partition"), "(none)");
    CU_ASSERT_STRING_EQUAL(text(tree, "/phonebooth/vm@3", "boot-partition"), "metronome-boot");
    CU_ASSERT_STRING_EQUAL(text(tree, "/phonebooth/vm@1", "join"), "(none)");
    CU_ASSERT_STRING_EQUAL(text(tree, "/phonebooth/vm@2", "join"), "home");
    CU_ASSERT_EQUAL(u64(tree, "/phonebooth/vm@1", "ram"), 0x88000000);
    CU_ASSERT_EQUAL(u64(tree, "/phonebooth/vm@1", "vm-page"), 0x87f10000);
    CU_ASSERT_EQUAL(u64(tree, "/phonebooth/vm@1", "vio-pages"), 0x87f14000);
    CU_ASSERT_EQUAL(u32(tree, "/phonebooth/vm@1", "doorbell"), 97);
    CU_ASSERT_TRUE(fdt_path_offset(tree, "/phonebooth/vm@0") < 0);
    fixture_finish(&f);
}

static GBytes *image(gsize magic_offset, const char *magic)
{
    guint8 *data = g_malloc0(100);

    memcpy(data + magic_offset, magic, 4);
    return g_bytes_new_take(data, 100);
}

static void arm_guest(void)
{
    static const char ini[] = "[handset]\nname=one\n"
                              "[vm old]\narch=arm\nkernel=z\nmemory=1G\npcpus=0\n";
    const guint8 mov_r2_r0[] = {0x00, 0x20, 0xa0, 0xe1};
    struct fixture f;
    struct pack_vm *vm;
    g_autoptr(GBytes) kernel = NULL;
    g_autoptr(GError) error = NULL;
    const guint8 *data;
    gsize size;

    fixture_init(&f, 3 * GIB);
    CU_ASSERT_TRUE_FATAL(fixture_plan(&f, ini, NULL));
    vm = &f.handset.vm[0];
    CU_ASSERT_EQUAL(f.plan.place[0].kernel_ipa, 0x4000fff0);
    kernel = pack_kernel_prepare(image(36, "\x18\x28\x6f\x01"), vm, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(kernel);
    data = g_bytes_get_data(kernel, &size);
    CU_ASSERT_EQUAL(size, 100 + PACK_ARM_STUB);
    CU_ASSERT_EQUAL(memcmp(data, mov_r2_r0, sizeof(mov_r2_r0)), 0);
    CU_ASSERT_EQUAL(data[PACK_ARM_STUB + 36], 0x18);
    CU_ASSERT_PTR_NULL(pack_kernel_prepare(image(56, "ARM\x64"), vm, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "say arch=arm64"));
    g_clear_error(&error);
    vm->arch = PACK_ARM64;
    CU_ASSERT_PTR_NULL(pack_kernel_prepare(image(36, "\x18\x28\x6f\x01"), vm, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "say arch=arm"));
    fixture_finish(&f);
}

/* A handset to build, with all its files, in the fixture's folder. */
static struct pack_options whole_handset(struct fixture *f, char *images[2])
{
    static const char profile[] = "[system]\nkernel=k\nformat=flat\nsystem=s\n[data]\nsize=17M\n"
                                  "[vm]\nmemory=8M\nvcpus=1\n";
    static const char ini[] =
        "[handset]\nname=one\n[vm switchboard]\nkind=switchboard\nmemory=8M\npcpus=0\nuart=1\n"
        "[vm personal]\nprofile=.\npcpus=1\n[vm work]\nprofile=.\npcpus=2\n";
    struct pack_options options = {
        .board = g_build_filename(f->folder, "board.dtb", NULL),
        .handset = fixture_write(f, "phone.ini", ini),
        .switchboard = fixture_write(f, "sb.bin", "switchboard"),
        .out = g_build_filename(f->folder, "out", NULL),
        .images = images,
    };
    gsize size;
    const char *dtb = g_bytes_get_data(f->dtb, &size);

    g_file_set_contents(options.board, dtb, (gssize)size, NULL);
    g_free(fixture_write(f, "profile.ini", profile));
    g_free(fixture_write(f, "k", "kernel"));
    g_free(fixture_write_bytes(f, "s", "system", 512));
    return options;
}

static void free_options(struct pack_options *options)
{
    g_free(options->board);
    g_free(options->handset);
    g_free(options->switchboard);
    g_free(options->out);
}

/* What is in the image after its first 64 KiB is the user's. */
static void user_data_is_kept(void)
{
    struct fixture f;
    char *images[] = {NULL, NULL};
    struct pack_options options;
    g_autofree char *disk = NULL, *before = NULL, *after = NULL, *ini = NULL;
    gsize size, size_after;

    fixture_init(&f, GIB);
    options = whole_handset(&f, images);
    CU_ASSERT_TRUE_FATAL(pack_build(&options, NULL));
    disk = g_build_filename(options.out, "personal", "data.img", NULL);
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(disk, &before, &size, NULL));
    CU_ASSERT_EQUAL(size, 32 << 20); /* a power of two */
    memcpy(before + (20 << 20), "the user's", 10);
    CU_ASSERT_TRUE(g_file_set_contents(disk, before, (gssize)size, NULL));
    CU_ASSERT_TRUE(pack_build(&options, NULL));
    CU_ASSERT_TRUE(g_file_get_contents(disk, &after, &size_after, NULL));
    CU_ASSERT_TRUE(size_after == size && !memcmp(before, after, size));
    ini = g_build_filename(options.out, "handset.ini", NULL);
    CU_ASSERT_TRUE(g_file_test(ini, G_FILE_TEST_EXISTS));
    free_options(&options);
    fixture_finish(&f);
}

static guint count_files(const char *path, const char *suffix)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;
    guint count = 0;

    while (dir && (name = g_dir_read_name(dir))) {
        count += g_str_has_suffix(name, suffix);
    }
    return count;
}

static void failures_leave_nothing_behind(void)
{
    struct fixture f;
    char *images[] = {NULL, NULL};
    struct pack_options options;
    g_autoptr(GError) error = NULL;
    g_autofree char *system = NULL;

    fixture_init(&f, GIB);
    options = whole_handset(&f, images);
    /* The system disk cannot get its name: a folder has it. */
    system = g_build_filename(options.out, "system.img", "x", NULL);
    CU_ASSERT_EQUAL(g_mkdir_with_parents(system, 0777), 0);
    CU_ASSERT_FALSE(pack_build(&options, &error));
    CU_ASSERT_PTR_NOT_NULL_FATAL(error);
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "system.img"));
    CU_ASSERT_EQUAL(count_files(options.out, ".new"), 0);
    CU_ASSERT_EQUAL(count_files(options.out, "handset.ini"), 0);
    g_clear_error(&error);
    g_free(fixture_write(&f, "k", ""));
    CU_ASSERT_FALSE(pack_build(&options, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "is empty"));
    free_options(&options);
    fixture_finish(&f);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"boot bundle", boot_bundle},
        {"bundle too large", bundle_too_large},
        {"partition table", partition_table},
        {"guest's device tree", guest_tree},
        {"the battery in the device trees", battery_by_policy},
        {"the position in the device tree", position_by_policy},
        {"sound in the switchboard's device tree", sound_by_policy},
        {"firmware's device tree", firmware_tree},
        {"switchboard's device tree", switchboard_tree},
        {"32-bit guest", arm_guest},
        {"user data is kept", user_data_is_kept},
        {"failures leave nothing behind", failures_leave_nothing_behind},
        CU_TEST_INFO_NULL,
    };

    return fixture_run("pack: files", tests);
}
