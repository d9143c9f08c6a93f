/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* handset.ini to the emulator's picture of a handset, and from there to QEMU's command line. */
#include "suite.h"

#include <string.h>

#include "phone/handset.h"
#include "phone/machine_args.h"

#define HEAD "[handset]\nname=one\nboard=one\nkernel=hypervisor.elf\n"

static const char whole[] =
    "[handset]\nname=one\nboard=one\nmemory=2048\nkernel=hypervisor.elf\nskin=two\n"
    "[load]\ntable.bin=0x40300000\nswitchboard.bin=0x80000000\n"
    "[emmc]\n0=system.img\n2=/data/work,1.img\n"
    "[vm 0]\nname=switchboard\nuart=1\nkind=switchboard\n"
    "[vm 1]\nname=personal\ndisplay-name=My Phone\ncolour=#3584e4\nuart=3\nkind=persona\n"
    "[vm 2]\nname=work\nuart=4\nkind=persona\nautostart=false\ncolour=red\n";

static struct handset *parse(const char *text, GError **error)
{
    return handset_parse("/h", text, strlen(text), error);
}

static void reads_all(void)
{
    struct handset *h = parse(whole, NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(h);
    CU_ASSERT_STRING_EQUAL(h->kernel, "/h/hypervisor.elf");
    CU_ASSERT_STRING_EQUAL(h->skin, "two");
    CU_ASSERT_EQUAL(h->memory_mib, 2048);
    CU_ASSERT_EQUAL(h->load_count, 2);
    CU_ASSERT_STRING_EQUAL(h->load[1].path, "/h/switchboard.bin");
    CU_ASSERT_EQUAL(h->load[1].address, 0x80000000);
    CU_ASSERT_STRING_EQUAL(h->emmc[0], "/h/system.img");
    CU_ASSERT_PTR_NULL(h->emmc[1]);
    CU_ASSERT_STRING_EQUAL(h->emmc[2], "/data/work,1.img");
    CU_ASSERT_EQUAL(h->vm_count, 3);
    CU_ASSERT_EQUAL(h->vm[0].kind, PB_KIND_SWITCHBOARD);
    CU_ASSERT_STRING_EQUAL(h->vm[1].display_name, "My Phone");
    CU_ASSERT_TRUE(h->vm[1].autostart);
    CU_ASSERT_FALSE(h->vm[2].autostart);
    CU_ASSERT_STRING_EQUAL(h->vm[2].display_name, "work");
    CU_ASSERT_STRING_EQUAL(h->vm[2].colour, "#77767b"); /* "red" is no colour */
    handset_free(h);
}

static void finds_vms(void)
{
    struct handset *h = parse(whole, NULL);

    CU_ASSERT_PTR_EQUAL(handset_find_vm(h, "work"), &h->vm[2]);
    CU_ASSERT_PTR_EQUAL(handset_find_vm(h, "1"), &h->vm[1]);
    CU_ASSERT_PTR_NULL(handset_find_vm(h, "3"));
    CU_ASSERT_PTR_NULL(handset_find_vm(h, "99999999999999999999"));
    CU_ASSERT_PTR_NULL(handset_find_vm(h, "Work"));
    CU_ASSERT_PTR_NULL(handset_find_vm(h, ""));
    handset_free(h);
}

static void refuses_nonsense(void)
{
    static const struct {
        const char *text;
        const char *word; /* that the message must have */
    } cases[] = {
        {"", "name"},
        {"no ini", "handset.ini"},
        {"[handset]\nname=one\nboard=one\n", "kernel"},
        {"[handset]\nkernel=k\n", "name"},
        {"[handset]\nname=one\nkernel=k\n", "board"},
        {"[handset]\nname=one\nkernel=k\nboard=toaster\n", "'toaster' is not one of one"},
        {HEAD "memory=512\n", "512"},
        {HEAD "memory=8193\n", "8193"},
        {HEAD "memory=-1024\n", "memory"},
        {HEAD "[load]\na.bin=everywhere\n", "a.bin"},
        {HEAD "[load]\na.bin=0x1ffffffffffffffff\n", "a.bin"},
        {HEAD "[emmc]\n4=a.img\n", "slot"},
        {HEAD "[emmc]\n2=a.img\n[vm 0]\nname=a\nkind=persona\ndata-slot=1\n",
         "[emmc] 1: missing, the data disk of a"},
        {HEAD "[vm 0]\nname=a\nkind=persona\ndata-slot=1\n", "`1=a/data.img`"},
        {HEAD "[vm 0]\nname=a\nkind=persona\ndata-slot=0\n", "data-slot"},
        {HEAD "[size]\nsystem.img=4096\n", "[size] system.img: named by no line"},
        {HEAD "[load]\na.bin=0x1000\n[size]\nb.bin=4096\na.bin=1\n", "[size] b.bin"},
        {HEAD "[vm 0]\nname=a\nkind=cloud\n", "cloud"},
        {HEAD "[vm 0]\nname=next\nkind=persona\n", "next"},
        {HEAD "[vm 0]\nname=../a\nkind=persona\n", "../a"},
        {HEAD "[vm 0]\nname=a\nkind=persona\nuart=2\n", "uart"},
        {HEAD "[vm 0]\nname=a\nkind=persona\nuart=8\n", "uart"},
        {HEAD "[vm 0]\nname=a\nkind=persona\nuart=3\n[vm 1]\nname=b\nkind=persona\nuart=3\n",
         "uart"},
        {HEAD "[vm 0]\nname=a\nkind=persona\n[vm 1]\nname=a\nkind=persona\n", "unique"},
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        CU_ASSERT_PTR_NULL(parse(cases[i].text, &error));
        CU_ASSERT_PTR_NOT_NULL_FATAL(error);
        CU_ASSERT_PTR_NOT_NULL(strstr(error->message, cases[i].word));
        CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
        g_error_free(error);
    }
}

/* The value after an option; NULL: not there. */
static const char *after(char **args, const char *option)
{
    for (; *args && args[1]; args++) {
        if (strcmp(*args, option) == 0) {
            return args[1];
        }
    }
    return NULL;
}

static void builds_command_line(void)
{
    struct handset *h = parse(whole, NULL);
    char *extra[] = {"-d", "int", NULL};
    struct machine_options options = {.host_cpus = 1, .extra = extra};
    char **args = machine_args_build(h, &options);
    char *all = g_strjoinv(" ", args);

    CU_ASSERT_STRING_EQUAL(after(args, "-M"), "one");
    CU_ASSERT_STRING_EQUAL(after(args, "-m"), "2048M");
    CU_ASSERT_STRING_EQUAL(after(args, "-accel"), "tcg,thread=single,tb-size=512");
    CU_ASSERT_STRING_EQUAL(after(args, "-kernel"), "/h/hypervisor.elf");
    CU_ASSERT_STRING_EQUAL(after(args, "-d"), "int");
    CU_ASSERT_PTR_NULL(after(args, "-icount"));
    CU_ASSERT_PTR_NULL(after(args, "-gdb"));
    CU_ASSERT_PTR_NULL(strstr(all, "secure-store"));
    CU_ASSERT_PTR_NOT_NULL(strstr(all, "loader,file=/h/table.bin,addr=0x40300000,force-raw=on"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(all, "if=sd,index=0,file=/h/system.img,format=raw,discard=unmap,snapshot=on"));
    /* a comma in a file name is doubled */
    CU_ASSERT_PTR_NOT_NULL(
        strstr(all, "if=sd,index=2,file=/data/work,,1.img,format=raw,discard=unmap"));
    CU_ASSERT_PTR_NOT_NULL(strstr(all, "-serial chardev:line7"));
    g_free(all);
    g_strfreev(args);
    handset_free(h);
}

static void builds_for_options(void)
{
    struct handset *h = parse(whole, NULL);
    struct machine_options options = {.host_cpus = 2, .gdb = true, .wait_gdb = true};
    char **args = machine_args_build(h, &options), *all;

    CU_ASSERT_STRING_EQUAL(after(args, "-accel"), "tcg,thread=multi,tb-size=512");
    CU_ASSERT_STRING_EQUAL(after(args, "-gdb"), "tcp:127.0.0.1:1234");
    CU_ASSERT_TRUE(g_strv_contains((const char *const *)args, "-S"));
    g_strfreev(args);
    options.waits = true; /* for a snapshot's state */
    args = machine_args_build(h, &options);
    CU_ASSERT_STRING_EQUAL(after(args, "-accel"), "tcg,thread=multi,tb-size=512");
    CU_ASSERT_STRING_EQUAL(after(args, "-incoming"), "defer");
    g_strfreev(args);
    options.waits = false;
    options.icount = true;
    args = machine_args_build(h, &options);
    CU_ASSERT_STRING_EQUAL(after(args, "-accel"), "tcg,thread=single,tb-size=512");
    CU_ASSERT_STRING_EQUAL(after(args, "-icount"), "shift=1,sleep=on,align=off");
    CU_ASSERT_PTR_NULL(after(args, "-rtc"));
    g_strfreev(args);
    options.repeatable = true;
    options.seed = 1;
    args = machine_args_build(h, &options);
    CU_ASSERT_STRING_EQUAL(after(args, "-icount"), "shift=1,sleep=off,align=off");
    CU_ASSERT_PTR_NOT_NULL(strstr(after(args, "-rtc"), "clock=vm"));
    CU_ASSERT_PTR_NOT_NULL(after(args, "-seed"));
    g_strfreev(args);
    options.trial = true;
    options.fuses = "/h,1/fuses.bin"; /* here a comma stays one */
    options.store = "/h,1/secure-store.bin";
    args = machine_args_build(h, &options);
    all = g_strjoinv(" ", args);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(all, "file=/data/work,,1.img,format=raw,discard=unmap,snapshot=on"));
    CU_ASSERT_PTR_NOT_NULL(strstr(all, " phonebooth-fuses.file=/h,1/fuses.bin "));
    CU_ASSERT_PTR_NOT_NULL(strstr(all, " phonebooth-secure-store.file=/h,1/secure-store.bin "));
    CU_ASSERT_PTR_NOT_NULL(strstr(all, " phonebooth-secure-store.keep=off "));
    g_free(all);
    g_strfreev(args);
    handset_free(h);
}

static void knows_formats(void)
{
    CU_ASSERT_STRING_EQUAL(machine_args_disk_format("/h/work/data.img"), "raw");
    CU_ASSERT_STRING_EQUAL(machine_args_disk_format("/h.qcow2/data"), "raw");
    CU_ASSERT_STRING_EQUAL(machine_args_disk_format("/h/work/data.qcow2"), "qcow2");
    CU_ASSERT_STRING_EQUAL(machine_args_disk_format("1-0123456789abcdef.raw"), "raw");
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"reads a whole handset.ini", reads_all},
        {"finds VMs by name and number", finds_vms},
        {"refuses nonsense in one line", refuses_nonsense},
        {"builds QEMU's command line", builds_command_line},
        {"follows the options", builds_for_options},
        {"tells disk formats apart", knows_formats},
        CU_TEST_INFO_NULL,
    };
    return run_suite("handset", tests);
}
