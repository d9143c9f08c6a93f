/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include <libfdt.h>

#include "board_node.h"
#include "error.h"
#include "phonebooth/chosen.h"
#include "service_dt.h"
#include "views_dt.h"

#define ROOM      0x8000 /* for what is added to the board's tree */
#define SEED_SIZE 64

struct tree {
    const struct pack_plan *plan;
    guint id;
    void *fdt;
    int error; /* libfdt's first */
};

static void note(struct tree *t, int error)
{
    if (!t->error && error < 0) {
        t->error = error;
    }
}

static gboolean is_given_uart(const struct tree *t, const char *path)
{
    const struct pack_vm *vm = &t->plan->handset->vm[t->id];
    const int given[] = {vm->uart, vm->service_uart};

    for (guint i = 0; i < G_N_ELEMENTS(given); i++) {
        if (given[i] != PACK_NO_UART && !strcmp(t->plan->board->uart[given[i]].path, path)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* A device that is not given to this VM. */
static gboolean is_others(const struct tree *t, int node)
{
    const struct pack_board *board = t->plan->board;
    char path[128];

    if (fdt_get_path(t->fdt, node, path, sizeof(path))) {
        return FALSE;
    }
    if (pack_node_is(t->fdt, node, "arm,pl011") && !pack_node_is_serial_chip(t->fdt, node)) {
        return !is_given_uart(t, path);
    }
    for (guint i = 0; i < board->devices; i++) {
        if (!strcmp(board->device[i].path, path)) {
            return t->plan->owner[i] != (int)t->id;
        }
    }
    return FALSE;
}

static gboolean is_foreign(const struct tree *t, int node)
{
    static const char *const replaced[] = {"memory", "chosen", "aliases", "reserved-memory"};
    const char *name = fdt_get_name(t->fdt, node, NULL);
    const char *status = fdt_getprop(t->fdt, node, "status", NULL);

    for (guint i = 0; i < G_N_ELEMENTS(replaced); i++) {
        gsize length = strlen(replaced[i]);

        if (!strncmp(name, replaced[i], length) && (!name[length] || name[length] == '@')) {
            return TRUE;
        }
    }
    if (status && strcmp(status, "okay") && strcmp(status, "ok")) {
        return TRUE;
    }
    if (fdt_node_check_compatible(t->fdt, node, "phonebooth,dma-firewall") == 0) {
        return TRUE;
    }
    return is_others(t, node);
}

/* Deleting moves all offsets, so the search starts again each time. */
static void delete_foreign(struct tree *t)
{
    int node = fdt_next_node(t->fdt, -1, NULL);

    while ((node = fdt_next_node(t->fdt, node, NULL)) >= 0) {
        if (is_foreign(t, node)) {
            note(t, fdt_del_node(t->fdt, node));
            node = 0;
        }
    }
}

static void keep_cpus(struct tree *t, guint count)
{
    for (;;) {
        int parent = fdt_path_offset(t->fdt, "/cpus"), node, extra = -1;
        guint seen = 0;

        fdt_for_each_subnode (node, t->fdt, parent) {
            const char *type = fdt_getprop(t->fdt, node, "device_type", NULL);
            gboolean is_cpu = type && !strcmp(type, "cpu");

            if (!is_cpu || seen++ >= count) {
                extra = node;
            }
        }
        if (extra < 0) {
            return;
        }
        note(t, fdt_del_node(t->fdt, extra));
        if (t->error) {
            return;
        }
    }
}

static int add(struct tree *t, int parent, const char *name)
{
    int node = fdt_add_subnode(t->fdt, parent, name);

    note(t, node);
    return node;
}

static void set_text(struct tree *t, int node, const char *name, const char *value)
{
    note(t, fdt_setprop_string(t->fdt, node, name, value));
}

static void set_u32(struct tree *t, int node, const char *name, guint32 value)
{
    note(t, fdt_setprop_u32(t->fdt, node, name, value));
}

static void set_u64(struct tree *t, int node, const char *name, guint64 value)
{
    note(t, fdt_setprop_u64(t->fdt, node, name, value));
}

static void set_range(struct tree *t, int node, const char *name, guint64 base, guint64 size)
{
    fdt64_t cells[] = {cpu_to_fdt64(base), cpu_to_fdt64(size)};

    note(t, fdt_setprop(t->fdt, node, name, cells, sizeof(cells)));
}

static void add_chosen(struct tree *t)
{
    static const char zone[PB_TIMEZONE_SIZE];
    guint8 seed[SEED_SIZE];
    int node = add(t, 0, "chosen");

    if (getrandom(seed, sizeof(seed), 0) == sizeof(seed)) {
        note(t, fdt_setprop(t->fdt, node, "rng-seed", seed, sizeof(seed)));
    }
    note(t, fdt_setprop(t->fdt, node, PB_TIMEZONE, zone, sizeof(zone)));
}

/* Bytes of the flash of those that this service serves. */
static guint64 flash_size(const struct tree *t)
{
    guint64 size = 0;

    for (guint i = 0; (int)t->id == t->plan->switchboard && i < t->plan->handset->vms; i++) {
        size += t->plan->place[i].bank_pa ? PERSONA_FLASH_OWN : 0;
    }
    return size;
}

static void add_memory(struct tree *t)
{
    guint id = t->id;
    guint64 base = t->plan->place[id].ram_pa, size = t->plan->handset->vm[id].memory;
    guint64 shared = base + size - SWITCHBOARD_SHARED - flash_size(t);
    char name[40];
    int node;

    snprintf(name, sizeof(name), "memory@%" PRIx64, base);
    node = add(t, 0, name);
    set_text(t, node, "device_type", "memory");
    set_range(t, node, "reg", base, size);
    node = add(t, 0, "reserved-memory");
    set_u32(t, node, "#address-cells", 2);
    set_u32(t, node, "#size-cells", 2);
    note(t, fdt_setprop_empty(t->fdt, node, "ranges"));
    snprintf(name, sizeof(name), "shared@%" PRIx64, shared);
    node = add(t, node, name);
    set_range(t, node, "reg", shared, base + size - shared);
}

char *pack_boot_partition(const struct pack_vm *vm)
{
    return g_strdup_printf("%s-boot", vm->name);
}

static void add_vm(struct tree *t, int parent, guint id, const char *system_partition)
{
    const struct pack_vm *vm = &t->plan->handset->vm[id];
    const struct pack_place *place = &t->plan->place[id];
    g_autofree char *boot = pack_boot_partition(vm);
    char name[16];
    int node;

    snprintf(name, sizeof(name), "vm@%x", id);
    node = add(t, parent, name);
    set_text(t, node, "compatible", "phonebooth,vm");
    set_u32(t, node, "reg", id);
    set_text(t, node, "name", vm->name);
    set_text(t, node, "display-name", vm->display_name);
    set_text(t, node, "kind", pb_kind_names()[vm->kind]);
    set_text(t, node, "share", vm->share_all ? "all" : "none");
    set_u32(t, node, "colour", vm->colour);
    set_range(t, node, "ram", place->ram_pa, vm->memory);
    set_u64(t, node, "ram-ipa", place->ram_ipa);
    set_u64(t, node, "vm-page", place->page_pa);
    if (place->vio_pa) {
        set_u64(t, node, "vio-pages", place->vio_pa);
    }
    if (place->bank_pa) {
        set_u64(t, node, "flash", place->bank_pa);
    }
    set_u32(t, node, "doorbell", place->doorbell);
    set_u32(t, node, "vcpus", vm->vcpus);
    set_text(t, node, "boot-partition", boot);
    if (system_partition) {
        set_text(t, node, "system-partition", system_partition);
    }
    if (place->data_slot >= 0) {
        set_u32(t, node, "data-slot", (guint32)place->data_slot);
    }
    note(t, pack_views_write(t->fdt, node, vm));
    if (vm->is_protected) {
        note(t, fdt_setprop_empty(t->fdt, node, "protected"));
    }
    if (vm->join) {
        set_text(t, node, "join", vm->join);
    }
    if (vm->autostart) {
        note(t, fdt_setprop_empty(t->fdt, node, "autostart"));
    }
}

/* A new node becomes its parent's first child: the last VM is added first. */
static void add_vms(struct tree *t, const char *const partition[PB_MAX_VMS])
{
    int parent = add(t, 0, "phonebooth");

    set_u32(t, parent, "#address-cells", 1);
    set_u32(t, parent, "#size-cells", 0);
    for (guint id = t->plan->handset->vms; id > 0; id--) {
        if (pack_plan_is_served(t->plan, id - 1)) {
            add_vm(t, parent, id - 1, partition[id - 1]);
        }
    }
}

static void set_conduit(struct tree *t)
{
    int node = fdt_node_offset_by_compatible(t->fdt, -1, "arm,psci-0.2");

    if (node >= 0) {
        set_text(t, node, "method", "hvc");
    }
}

GBytes *pack_service_dt_make(const struct pack_plan *plan, guint id,
                             const char *const partition[PB_MAX_VMS], GError **error)
{
    gsize size = fdt_totalsize(plan->board->dtb) + ROOM;
    struct tree t = {.plan = plan, .id = id, .fdt = g_malloc0(size)};

    note(&t, fdt_open_into(plan->board->dtb, t.fdt, (int)size));
    if (!t.error) {
        delete_foreign(&t);
        keep_cpus(&t, plan->handset->vm[id].vcpus);
        set_conduit(&t);
        if ((int)id == plan->switchboard) {
            add_vms(&t, partition);
        }
        add_memory(&t);
        add_chosen(&t);
        note(&t, fdt_pack(t.fdt));
    }
    if (t.error) {
        pack_fail(error, "%s: cannot make %s's device tree: %s", plan->board->file,
                  plan->handset->vm[id].name, fdt_strerror(t.error));
        g_free(t.fdt);
        return NULL;
    }
    return g_bytes_new_take(t.fdt, fdt_totalsize(t.fdt));
}
