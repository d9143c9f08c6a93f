/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/machine_args.h"

#include <inttypes.h>

/*
 * For translated code. QEMU's own choice is 1,024. When it is full everything that is still in use
 * is translated again, and the boot of two Debian phones fills most of 256. The same for all: what
 * one process has translated another one takes over (machine/translations.h).
 */
#define CODE_MIB 512u

/* QEMU's option parser takes a comma in a value when it is doubled. */
static char *escape(const char *value)
{
    g_auto(GStrv) parts = g_strsplit(value, ",", -1);
    return g_strjoinv(",,", parts);
}

G_GNUC_PRINTF(3, 4)
static void add(GStrvBuilder *args, const char *option, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    g_autofree char *value = g_strdup_vprintf(format, values);
    va_end(values);
    g_strv_builder_add(args, option);
    g_strv_builder_add(args, value);
}

const char *machine_args_disk_format(const char *path)
{
    return g_str_has_suffix(path, ".qcow2") ? "qcow2" : "raw";
}

static void add_emmc(GStrvBuilder *args, const struct handset *handset, bool trial)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        if (handset->emmc[i]) {
            g_autofree char *file = escape(handset->emmc[i]);
            /* The format is always said: QEMU must not guess it from what a guest wrote. What a
             * guest discards or fills with zeros takes no room on the host. */
            add(args, "-drive", "if=sd,index=%u,file=%s,format=%s,discard=unmap%s", i, file,
                machine_args_disk_format(handset->emmc[i]),
                trial || i == HANDSET_EMMC_SYSTEM ? ",snapshot=on" : "");
        }
    }
}

static void add_lines(GStrvBuilder *args, const struct handset *handset)
{
    unsigned uarts = boards_count(handset->board, BOARD_UART);

    for (unsigned i = 0; i < MIN(uarts, HANDSET_UARTS); i++) {
        add(args, "-chardev", "phonebooth-line,id=line%u", i);
        add(args, "-serial", "chardev:line%u", i);
    }
}

#define WIFI     "user,id=vm%u" /* 10.0.2.0/24 and fec0::/64, as QEMU has it */
#define CELLULAR "user,id=cell%u,net=10.0.3.0/24,ipv6-net=fec0:0:0:3::/64"

/* Each persona's own, and the board's (hw/phonebooth/uplink.h). */
static void add_networks(GStrvBuilder *args, const struct handset *handset)
{
    add(args, "-netdev", WIFI, 0);
    add(args, "-netdev", CELLULAR, 0);
    for (unsigned i = 0; i < handset->vm_count; i++) {
        const struct handset_vm *vm = &handset->vm[i];

        if (handset_vm_has_network(vm, 0)) {
            add(args, "-netdev", WIFI, vm->id);
        }
        if (handset_vm_has_network(vm, 1)) {
            add(args, "-netdev", CELLULAR, vm->id);
        }
    }
}

static void add_loads(GStrvBuilder *args, const struct handset *handset)
{
    for (unsigned i = 0; i < handset->load_count; i++) {
        g_autofree char *file = escape(handset->load[i].path);
        add(args, "-device", "loader,file=%s,addr=0x%" PRIx64 ",force-raw=on", file,
            handset->load[i].address);
    }
}

/* -global takes its value as it is. */
static void add_secrets(GStrvBuilder *args, const struct machine_options *options)
{
    if (options->fuses) {
        add(args, "-global", "phonebooth-fuses.file=%s", options->fuses);
    }
    if (options->store) {
        add(args, "-global", "phonebooth-secure-store.file=%s", options->store);
    }
    if (options->trial) {
        add(args, "-global", "phonebooth-secure-store.keep=off");
    }
}

static void add_timing(GStrvBuilder *args, const struct machine_options *options)
{
    /* A thread for each vCPU, where the host has CPUs for them. */
    bool single = options->icount || options->host_cpus < 2;
    add(args, "-accel", "tcg,thread=%s,tb-size=%u", single ? "single" : "multi", CODE_MIB);
    if (options->icount) {
        /* 2 ns per instruction, and an idle machine sleeps like a real one or not at all. */
        add(args, "-icount", "shift=1,sleep=%s,align=off", options->repeatable ? "off" : "on");
    }
    if (options->repeatable) {
        add(args, "-rtc", "base=2026-01-01T00:00:00,clock=vm");
        add(args, "-seed", "%" PRIu64, options->seed);
    }
}

char **machine_args_build(const struct handset *handset, const struct machine_options *options)
{
    g_autoptr(GStrvBuilder) args = g_strv_builder_new();

    g_strv_builder_add(args, "phonebooth");
    g_strv_builder_add_many(args, "-nodefaults", "-no-user-config", NULL);
    add(args, "-M", "%s", handset->board->name);
    add(args, "-smp", "%u", handset->board->cpus);
    add(args, "-m", "%uM", handset->memory_mib);
    add(args, "-display", "none");
    add(args, "-monitor", "none");
    add_networks(args, handset);
    add_timing(args, options);
    g_strv_builder_add_many(args, "-kernel", handset->kernel, NULL);
    add_loads(args, handset);
    add_emmc(args, handset, options->trial);
    add_secrets(args, options);
    add_lines(args, handset);
    if (options->gdb) {
        add(args, "-gdb", "tcp:127.0.0.1:1234");
    }
    if (options->wait_gdb) {
        g_strv_builder_add(args, "-S");
    }
    g_strv_builder_add_many(args, "-global", "migration.mapped-ram=on", "-global",
                            "migration.x-max-bandwidth=0", NULL);
    if (options->waits) {
        add(args, "-incoming", "defer");
    }
    for (char *const *extra = options->extra; extra && *extra; extra++) {
        g_strv_builder_add(args, *extra);
    }
    return g_strv_builder_end(args);
}
