/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Handset descriptions, profiles and boards that cannot be: one clear line each. */
#include <string.h>

#include "barname.h"
#include "pack_fixture.h"

#define GIB   0x40000000ull
#define HEAD  "[handset]\nname=one\n"
#define SB    "[vm switchboard]\nkind=switchboard\nmemory=128M\npcpus=0\nuart=1\n"
#define GUEST "[vm a]\nkernel=k\nmemory=4M\npcpus=0\n"

static const struct {
    const char *text, *part;
} refused[] = {
    {"", "[handset] name: missing"},
    {HEAD, "no VM"},
    {"x", "handset.ini"},
    {HEAD "[vn a]\n", "unknown group"},
    {HEAD "colour=red\n", "unknown key"},
    {"[handset]\nname=One Phone\n", "[handset] name: bad value"},
    {"[handset]\nname=a/../b\n", "bad value"},
    {HEAD GUEST "memroy=4M\n", "memroy: unknown key"},
    {HEAD GUEST "memory=4Q\n", "memory: bad value"},
    {HEAD GUEST "memory=99999999999999999999\n", "memory: bad value"},
    {HEAD GUEST "memory=3M\n", "multiple of 2M"},
    {HEAD GUEST "memory=0\n", "multiple of 2M"},
    {HEAD GUEST "memory=-1\n", "memory: bad value"},
    {HEAD GUEST "vcpus=0\n", "at least 1"},
    {HEAD GUEST "vcpus=9\n", "from 0 to 8"},
    {HEAD GUEST "vcpus=2\n", "give 2 numbers"},
    {HEAD GUEST "pcpus=4\n", "no such CPU"},
    {HEAD GUEST "pcpus=0;0;0;0;0;0;0;0;0\n", "at most 8"},
    {HEAD GUEST "pcpus=;\n", "at most 8"},
    {HEAD GUEST "priority=8\n", "from 0 to 7"},
    {HEAD GUEST "priority=1\nperiod-us=2000\n", "which is the budget"},
    {HEAD GUEST "priority=1\nslice-us=900\nperiod-us=999\n", "at least 1000"},
    {HEAD GUEST "priority=1\nslice-us=2000\nperiod-us=2000\n", "a shorter slice-us"},
    {HEAD GUEST "slice-us=1000\nperiod-us=2000\n", "a priority above 0"},
    {HEAD GUEST "uart=8\n", "the board has 8"},
    {HEAD GUEST "uart=x\n", "UART number or none"},
    {HEAD GUEST "share=some\n", "none or all"},
    {HEAD GUEST "kind=phone\n", "switchboard or persona"},
    {HEAD GUEST "colour=#12345\n", "#rrggbb"},
    {HEAD GUEST "colour=#gggggg\n", "#rrggbb"},
    {HEAD GUEST "autostart=maybe\n", "true or false"},
    {HEAD GUEST "display-name=a\\\"b\n", "without quotes"},
    {HEAD GUEST "initrd=i\n", "an initrd needs 256M"},
    {HEAD "[vm a]\nmemory=4M\npcpus=0\n", "kernel: missing"},
    {HEAD "[vm a]\nkernel=k\nfirmware=f\nmemory=4M\npcpus=0\n", "remove one"},
    {HEAD "[vm A b]\nkernel=k\nmemory=4M\npcpus=0\n", "not a name"},
    {HEAD "[vm el2]\nkernel=k\nmemory=4M\npcpus=0\n", "not a name"},
    {HEAD GUEST SB, "must be the first"},
    {HEAD SB "[vm b]\nkernel=k\nmemory=4M\npcpus=0\nuart=1\n", "belongs to another VM"},
    {HEAD GUEST "[vm b]\nkernel=k\nmemory=2G\npcpus=0\n", "1020 MiB of the board's are left"},
    {"[handset]\nname=one\nmemory=9G\n" GUEST,
     "[handset] memory: 9216 MiB; this board takes 256 to 8192 MiB"},
    {"[handset]\nname=one\nmemory=255M\n" GUEST, "this board takes 256 to 8192 MiB"},
    {HEAD GUEST "format=elf\n", "auto or flat"},
    {HEAD GUEST "position=52.5,13.4\n", "position: bad value; give real, absent or 'fixed"},
    {HEAD GUEST "position=fixed 52.5\n", "position: bad value"},
    {HEAD GUEST "position=fixed 90.1,0\n", "position: bad value"},
    {HEAD GUEST "position=fixed 0,-180.1\n", "position: bad value"},
    {HEAD GUEST "position=fixed nan,0\n", "position: bad value"},
    {HEAD GUEST "firewall=allow example.org\n", "firewall: bad value; give rules such as"},
    {HEAD GUEST "position=fixed 1,2,3\n", "position: bad value"},
    {HEAD "[vm a]\nkind=realtime\nkernel=k\nmemory=4M\npcpus=0\nposition=absent\n",
     "position: only for personas"},
    {HEAD GUEST "profile=nowhere\n", "nowhere/profile.ini"},
};

static void bad_handsets(void)
{
    struct fixture f;

    fixture_init(&f, GIB);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        fixture_refuses(&f, refused[i].text, refused[i].part);
    }
    fixture_finish(&f);
}

static void too_many(void)
{
    g_autoptr(GString) text = g_string_new(HEAD);
    struct fixture f;

    fixture_init(&f, GIB);
    for (guint i = 0; i < 9; i++) {
        g_string_append_printf(text, "[vm v%u]\nkernel=k\nmemory=4M\npcpus=0\n", i);
    }
    fixture_refuses(&f, text->str, "more than 8 VMs");
    g_string_assign(text, HEAD);
    for (guint i = 0; i < 3; i++) {
        g_string_append_printf(text, "[vm v%u]\nkernel=k\nmemory=4M\nvcpus=6\npcpus=0;1;2;3;0;1\n",
                               i);
    }
    fixture_refuses(&f, text->str, "18 vCPUs");
    fixture_finish(&f);
}

/* A kernel's command line is as long as Linux takes it; what is too long is told by its length. */
static void long_texts(void)
{
    static const struct {
        const char *before;
        gsize length;
        const char *part; /* of the refusal; NULL: none */
    } cases[] = {
        {HEAD GUEST "cmdline=", 2047, NULL},
        {HEAD GUEST "cmdline=", 2048, "cmdline: bad value; give text of at most 2047 bytes"},
        {HEAD GUEST "arch=arm\ncmdline=", 1023, NULL},
        {HEAD GUEST "arch=arm\ncmdline=", 1024, "with arch=arm at most 1023 bytes"},
        {HEAD GUEST "display-name=", 1001, "give text of at most 1000 bytes"},
    };
    struct fixture f;

    fixture_init(&f, GIB);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *filler = g_strnfill(cases[i].length, 'x');
        g_autofree char *text = g_strconcat(cases[i].before, filler, "\n", NULL);
        if (cases[i].part) {
            fixture_refuses(&f, text, cases[i].part);
        } else {
            g_autoptr(GError) error = NULL;
            CU_ASSERT_TRUE(fixture_plan(&f, text, &error));
        }
    }
    fixture_finish(&f);
}

static void profiles(void)
{
    static const char good[] = "[profile]\nname=mine\ndisplay-name=My Phone\ncolour=#3584e4\n"
                               "[system]\nkernel=k\ncmdline=quiet splash\n"
                               "[data]\nsize=512M\n[vm]\nmemory=1024\nvcpus=2\nshare=all\n";
    static const char handset[] = HEAD "[vm me]\nprofile=.\npcpus=0;1\nmemory=512M\n";
    struct fixture f;
    g_autofree char *path = NULL;

    fixture_init(&f, 2 * GIB);
    path = fixture_write(&f, "profile.ini", good);
    CU_ASSERT_TRUE_FATAL(fixture_plan(&f, handset, NULL));
    CU_ASSERT_STRING_EQUAL(f.handset.vm[0].name, "me");
    CU_ASSERT_STRING_EQUAL(f.handset.vm[0].display_name, "My Phone");
    CU_ASSERT_STRING_EQUAL(f.handset.vm[0].cmdline, "quiet splash");
    CU_ASSERT_EQUAL(f.handset.vm[0].colour, 0x3584e4);
    CU_ASSERT_EQUAL(f.handset.vm[0].memory, 512ull << 20); /* the handset's word */
    CU_ASSERT_EQUAL(f.handset.vm[0].data_size, 512ull << 20);
    CU_ASSERT_TRUE(f.handset.vm[0].share_all);
    CU_ASSERT_TRUE(g_path_is_absolute(f.handset.vm[0].kernel));
    g_free(fixture_write(&f, "profile.ini", "[profile]\nuart=3\n"));
    fixture_refuses(&f, handset, "uart: unknown key");
    g_free(fixture_write(&f, "profile.ini", "[handset]\nname=x\n"));
    fixture_refuses(&f, handset, "[handset]: unknown group");
    fixture_finish(&f);
}

/* Any damage to a board's tree must be refused or read, never crash. */
static void damaged_boards(void)
{
    g_autoptr(GBytes) dtb = fixture_board(GIB);
    gsize size;
    const guint8 *data = g_bytes_get_data(dtb, &size);
    g_autofree guint8 *copy = g_memdup2(data, size);
    struct pack_board board;

    for (gsize at = 0; at < size; at++) {
        copy[at] ^= 0x5a;
        pack_board_read(&board, copy, size, "board.dtb", NULL);
        copy[at] ^= 0x5a;
    }
    for (gsize cut = 0; cut < size; cut += 7) {
        g_autofree guint8 *part = g_memdup2(data, cut + 1);

        CU_ASSERT_FALSE(pack_board_read(&board, part, cut, "board.dtb", NULL));
    }
    CU_ASSERT_TRUE(pack_board_read(&board, copy, size, "board.dtb", NULL));
    CU_ASSERT_EQUAL(board.uarts, 8); /* the one with a chip is a device */
    CU_ASSERT_EQUAL(board.devices, 9);
    CU_ASSERT_EQUAL(pack_board_find_device(&board, "gnss"), 0);
    CU_ASSERT_EQUAL(board.device[4].irq[0].intid, 52);
}

/* A name that the bar cannot show is taken, with a warning that says what is wrong. */
static void names_on_the_bar(void)
{
    static const struct {
        const char *name, *part;
    } names[] = {
        {"Personal", NULL},
        {"Büro Košice", NULL},
        {"電話", "the bar has no '電'"},
        {"Работа", "the bar has no 'Р'"},
        {"a\tb", "the bar has no"},
        {"eighteen letters..", NULL},
        {"nineteen letters...", "longer than 18 characters"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const struct pack_vm vm = {.name = (char *)"a", .display_name = (char *)names[i].name};
        g_autofree char *warning = pack_barname_warning(&vm);

        CU_ASSERT_EQUAL(warning != NULL, names[i].part != NULL);
        if (warning && names[i].part) {
            CU_ASSERT_PTR_NOT_NULL(strstr(warning, names[i].part));
        }
    }
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"bad handsets", bad_handsets},
        {"too many", too_many},
        {"long texts", long_texts},
        {"profiles", profiles},
        {"damaged boards", damaged_boards},
        {"names on the bar", names_on_the_bar},
        CU_TEST_INFO_NULL,
    };

    return fixture_run("pack: descriptions", tests);
}
