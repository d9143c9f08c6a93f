/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The table is read back: each VM's stage 2 covers what it should and nothing else, and no page is
 * reachable from two VMs unless it is meant to be.
 */
#include <string.h>

#include "measure.h"
#include "pack_fixture.h"
#include "stage2.h"
#include "table.h"

#define GIB      0x40000000ull
#define EL2_PA   0x40200000ull
#define EL2_END  0x40400000ull
#define FIREWALL 0x12500000ull

static GBytes *make(struct fixture *fixture, const char *text, const struct pb_table **table)
{
    GBytes *bytes;
    gsize size;
    const void *data;

    CU_ASSERT_TRUE_FATAL(fixture_plan(fixture, text, NULL));
    bytes = pack_table_make(&fixture->plan, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    data = g_bytes_get_data(bytes, &size);
    *table = pack_table_check(data, size, "table.bin", NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(*table);
    return bytes;
}

/* Who maps a page: a bit per VM, and the attributes that any of them has. */
struct use {
    guint vms;
    guint64 attributes[PB_MAX_VMS];
};

struct collector {
    GHashTable *pages; /* physical page number -> struct use */
    guint vm;
    guint64 bytes;
    gboolean one_to_one;
};

static gboolean collect(guint64 ipa, guint64 pa, guint64 size, guint64 attributes, gpointer user)
{
    struct collector *c = user;

    c->bytes += size;
    c->one_to_one = c->one_to_one && ipa == pa;
    for (guint64 at = pa; at < pa + size; at += S2_PAGE) {
        gpointer key = GSIZE_TO_POINTER(at >> 12);
        struct use *use = g_hash_table_lookup(c->pages, key);

        if (!use) {
            use = g_new0(struct use, 1);
            g_hash_table_insert(c->pages, key, use);
        }
        use->vms |= 1u << c->vm;
        use->attributes[c->vm] = attributes;
    }
    return TRUE;
}

static GHashTable *all_pages(const struct pb_table *table, struct collector collectors[])
{
    GHashTable *pages = g_hash_table_new_full(NULL, NULL, NULL, g_free);

    for (guint vm = 0; vm < table->vm_count; vm++) {
        collectors[vm] = (struct collector){.pages = pages, .vm = vm, .one_to_one = TRUE};
        CU_ASSERT_TRUE(pack_s2_walk(table, table->size, PB_TABLE_PA, table->vm[vm].s2_root, collect,
                                    &collectors[vm]));
    }
    return pages;
}

#define S1_RO (1ull << 7)

static gboolean check_el2(guint64 va, guint64 pa, guint64 size, guint64 attributes, gpointer user)
{
    gboolean text = va >= PB_EL2_TEXT && va < PB_EL2_TEXT + PB_EL2_TEXT_SIZE;
    gboolean constant = va >= PB_EL2_RODATA && va < PB_EL2_RODATA + PB_EL2_RODATA_SIZE;

    CU_ASSERT_EQUAL(va, pa);
    CU_ASSERT_EQUAL(!(attributes & S2_XN), text);
    CU_ASSERT_EQUAL((attributes & S1_RO) != 0, text || constant);
    *(guint64 *)user += size;
    return TRUE;
}

/* EL2's own address space: W^X, identity, nothing but what it uses. */
static void test_el2(void)
{
    struct fixture f;
    const struct pb_table *table;
    g_autoptr(GBytes) bytes = NULL;
    guint64 size = 0;

    fixture_init(&f, 3 * GIB);
    bytes = make(&f, fixture_phone, &table);
    CU_ASSERT_TRUE(
        pack_s2_walk(table, table->size, PB_TABLE_PA, table->el2_root, check_el2, &size));
    CU_ASSERT_EQUAL(size, 3 * GIB + S2_BLOCK + 0x10000 + 4 * 0x20000 + 2 * S2_PAGE);
    fixture_finish(&f);
}

static gboolean in(guint64 pa, guint64 base, guint64 size)
{
    return pa >= base && pa - base < size;
}

/* TRUE if `vm` may map physical page `pa`, by what the table says in words. */
static gboolean may_map(const struct fixture *f, const struct pb_table *table, guint id, guint64 pa,
                        guint64 attributes)
{
    const struct pb_vm *vm = &table->vm[id];
    int uart = f->handset.vm[id].uart;

    if (in(pa, vm->ram_pa, vm->ram_size)) {
        return TRUE;
    }
    if (uart >= 0 && pa == f->board.uart[uart].reg.base) {
        return TRUE;
    }
    if (vm->flags & PB_VM_PRIVILEGED) {
        for (guint i = 0; i < table->vm_count; i++) {
            if (table->vm[i].owner == id && in(pa, table->vm[i].ram_pa, table->vm[i].ram_size)) {
                return (attributes & S2_XN) != 0; /* lent, not to be executed */
            }
        }
        return in(pa, 0x12000000, 0x1000000);
    }
    /* What a guest sees of others: the clock and its own register pages, to be read only. */
    return (pa == f->board.rtc.reg.base || (vm->vio_pa && in(pa, vm->vio_pa, 0x4000))) &&
           !(attributes & S2_WRITE) && (attributes & S2_XN);
}

static void check_pages(const struct fixture *f, const struct pb_table *table)
{
    struct collector collectors[PB_MAX_VMS];
    g_autoptr(GHashTable) pages = all_pages(table, collectors);
    GHashTableIter iter;
    gpointer key, value;
    guint wrong = 0, el2 = 0;

    g_hash_table_iter_init(&iter, pages);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        guint64 pa = (guint64)GPOINTER_TO_SIZE(key) << 12;
        const struct use *use = value;

        el2 += in(pa, EL2_PA, EL2_END - EL2_PA) || in(pa, 0x10000000, 0x1000000) || pa == FIREWALL;
        for (guint vm = 0; vm < table->vm_count; vm++) {
            if (use->vms & 1u << vm) {
                wrong += !may_map(f, table, vm, pa, use->attributes[vm]);
            }
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_EQUAL(el2, 0); /* nor the GIC, nor the DMA firewall's control page */
}

static void no_page_is_shared_by_mistake(void)
{
    struct fixture f;
    const struct pb_table *table;
    g_autoptr(GBytes) bytes = NULL;

    fixture_init(&f, 3 * GIB);
    bytes = make(&f, fixture_phone, &table);
    check_pages(&f, table);
    for (guint a = 0; a < table->vm_count; a++) {
        for (guint b = a + 1; b < table->vm_count; b++) {
            CU_ASSERT_FALSE(in(table->vm[a].ram_pa, table->vm[b].ram_pa, table->vm[b].ram_size) ||
                            in(table->vm[b].ram_pa, table->vm[a].ram_pa, table->vm[a].ram_size));
        }
    }
    fixture_finish(&f);
}

static void each_vm_has_its_own(void)
{
    struct fixture f;
    const struct pb_table *table;
    struct collector c[PB_MAX_VMS];
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GHashTable) pages = NULL;

    fixture_init(&f, 3 * GIB);
    bytes = make(&f, fixture_phone, &table);
    pages = all_pages(table, c);
    CU_ASSERT_TRUE(c[0].one_to_one);
    /* 2 UARTs, clock, I2C, display, 4 eMMCs, firewall's report, GNSS; its own RAM and all that is
     * lent */
    CU_ASSERT_EQUAL(c[0].bytes, 11 * S2_PAGE + (128ull << 20) + 2 * GIB + (8ull << 20));
    CU_ASSERT_EQUAL(c[1].bytes, GIB + 5 * S2_PAGE); /* UART, 4 virtio pages */
    CU_ASSERT_EQUAL(c[3].bytes, (8ull << 20) + S2_PAGE);
    CU_ASSERT_EQUAL(table->vm[1].ram_ipa, 0x40000000);
    CU_ASSERT_EQUAL(table->vm[1].entry, 0x40200000); /* Linux */
    CU_ASSERT_EQUAL(table->vm[3].entry, 0x40080000); /* flat */
    CU_ASSERT_EQUAL(table->vm[0].flags, PB_VM_PRIVILEGED | PB_VM_AUTOSTART | PB_VM_SHARE_ALL);
    CU_ASSERT_EQUAL(table->vm[1].flags, PB_VM_SHARE_ALL);
    CU_ASSERT_EQUAL(table->vm[2].flags, 0);
    CU_ASSERT_EQUAL(table->vm[2].owner_s2_root, table->vm[0].s2_root);
    fixture_finish(&f);
}

static void numbers_are_right(void)
{
    struct fixture f;
    const struct pb_table *table;
    g_autoptr(GBytes) bytes = NULL;
    guint seen = 0;

    fixture_init(&f, 3 * GIB);
    bytes = make(&f, fixture_phone, &table);
    CU_ASSERT_EQUAL(table->vcpu_count, 6);
    CU_ASSERT_EQUAL(table->vcpu[2].pcpu, 2);
    CU_ASSERT_EQUAL(table->vcpu[3].vm, 2);
    CU_ASSERT_EQUAL(table->vcpu[3].pcpu, 3);
    CU_ASSERT_EQUAL(table->vcpu[5].priority, 7);
    CU_ASSERT_EQUAL(table->uart, 0x12000000);
    for (guint i = 0; i < table->route_count; i++) {
        const struct pb_route *route = &table->route[i];

        seen += route->pintid == 36 && route->vm == 2 && route->vintid == 33 && !route->edge;
        seen += route->pintid == 48 && route->vm == 0 && route->vintid == 48;
    }
    CU_ASSERT_EQUAL(seen, 2);
    CU_ASSERT_EQUAL(table->trap_count, 7);
    CU_ASSERT_EQUAL(table->trap[0].ipa, 0x09010000); /* the clock is the switchboard's to emulate */
    CU_ASSERT_EQUAL(table->trap[0].forward, 1);
    CU_ASSERT_EQUAL(table->trap[1].ipa, 0x0a010000); /* and the personas' I2C */
    CU_ASSERT_EQUAL(table->trap[1].forward, 1);
    CU_ASSERT_EQUAL(table->trap[2].ipa, 0x09030000); /* and their GPIO */
    CU_ASSERT_EQUAL(table->trap[2].forward, 1);
    CU_ASSERT_EQUAL(table->trap[6].ipa, 0x09010000); /* the metronome has none */
    fixture_finish(&f);
}

/* Devices reach the RAM of VMs, all of it and nothing else. */
static void windows_are_the_vms_ram(void)
{
    struct fixture f;
    const struct pb_table *table;
    g_autoptr(GBytes) bytes = NULL;

    fixture_init(&f, 3 * GIB);
    bytes = make(&f, fixture_phone, &table);
    CU_ASSERT_EQUAL(table->firewall_ctrl, FIREWALL + 8);
    for (guint i = 0; i < table->vm_count; i++) {
        const struct pb_vm *vm = &table->vm[i];

        CU_ASSERT_EQUAL(vm->window, FIREWALL + 0x100 + i * 0x10);
        CU_ASSERT_EQUAL((vm->window_pages & UINT32_MAX) << 12, vm->ram_pa);
        CU_ASSERT_EQUAL(((vm->window_pages >> 32) + 1) << 12, vm->ram_pa + vm->ram_size);
        CU_ASSERT_EQUAL(vm->window_allow, 0x001e001f); /* the display only reads */
    }
    fixture_finish(&f);
}

#define SERVED \
    "[handset]\nname=one\n[vm switchboard]\nkind=switchboard\nmemory=8M\npcpus=0\nuart=1\n"
#define SERVICE "[vm modem]\nkind=service\nkernel=flat\nmemory=4M\npcpus=1\nuart=6\n"

static gboolean has_route(const struct pb_table *table, guint intid, guint vm)
{
    for (guint i = 0; i < table->route_count; i++) {
        if (table->route[i].pintid == intid) {
            return table->route[i].vm == vm;
        }
    }
    return FALSE;
}

/* A service has its parts, their interrupts and a window for their DMA; the switchboard has the
 * rest. */
static void services_have_their_own(void)
{
    static const char text[] = SERVED SERVICE "devices=mmc3;rtc\n"
                                              "[vm a]\nkernel=linux\nmemory=8M\npcpus=2\n";
    struct fixture f;
    const struct pb_table *table;
    struct collector c[PB_MAX_VMS];
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GHashTable) pages = NULL;

    fixture_init(&f, GIB);
    bytes = make(&f, text, &table);
    pages = all_pages(table, c);
    CU_ASSERT_TRUE(c[1].one_to_one);
    CU_ASSERT_EQUAL(c[0].bytes,
                    8 * S2_PAGE + (16ull << 20)); /* UART, I2C, display, 3 eMMCs, report, GNSS */
    CU_ASSERT_EQUAL(c[1].bytes, 3 * S2_PAGE + (4ull << 20)); /* UART, clock, eMMC */
    CU_ASSERT_EQUAL(table->vm[1].flags, PB_VM_AUTOSTART | PB_VM_SHARE_ALL);
    CU_ASSERT_EQUAL(table->vm[1].owner, 1);
    CU_ASSERT_EQUAL(table->vm[1].owner_s2_root, 0);
    CU_ASSERT_EQUAL(table->vm[1].entry, table->vm[1].ram_pa);
    CU_ASSERT_EQUAL(table->vm[1].x0, table->vm[1].ram_pa + (2ull << 20));
    CU_ASSERT_EQUAL(table->vm[0].window_allow, 0x000e000f);
    CU_ASSERT_EQUAL(table->vm[1].window_allow, 0x00100010); /* mmc3 alone, in this RAM alone */
    CU_ASSERT_EQUAL(table->vm[2].window_allow, 0x000e000f);
    CU_ASSERT_TRUE(has_route(table, 32 + 23, 1) && has_route(table, 32 + 8, 1));
    CU_ASSERT_TRUE(has_route(table, 32 + 22, 0) && has_route(table, 32 + 6, 1));
    CU_ASSERT_EQUAL(table->trap[0].forward, 0); /* the clock is not the switchboard's */
    fixture_finish(&f);
}

static void devices_have_one_owner(void)
{
    struct fixture f;

    fixture_init(&f, GIB);
    fixture_refuses(&f, SERVED "devices=mmc3\n" SERVICE "devices=mmc3\n",
                    "[vm modem] devices: mmc3 is switchboard's already");
    fixture_refuses(&f, SERVED SERVICE "devices=horn\n", "the board has no part horn to give");
    fixture_refuses(&f, SERVED SERVICE "devices=uart6\n", "the board has no part uart6 to give");
    fixture_refuses(&f, SERVED SERVICE "devices=;\n", "names separated by ';'");
    fixture_refuses(&f, SERVED "[vm a]\nkernel=k\nmemory=4M\npcpus=1\ndevices=mmc3\n",
                    "[vm a] devices: only for the switchboard and kind=service");
    fixture_refuses(&f, SERVED SERVICE "initrd=i\n",
                    "a service is arm64, without firmware, initrd");
    fixture_finish(&f);
}

/* The switchboard has just what it names. */
static void named_devices_are_all(void)
{
    struct fixture f;
    const struct pb_table *table;
    g_autoptr(GBytes) bytes = NULL;

    fixture_init(&f, GIB);
    bytes = make(&f, SERVED "devices=mmc0;display\n", &table);
    CU_ASSERT_EQUAL(table->vm[0].window_allow, 0x00020003);
    CU_ASSERT_EQUAL(table->route_count, 3); /* UART, eMMC, display */
    fixture_finish(&f);
}

/* The bank of flash that a firmware can write is in the switchboard's RAM, and read without a trap.
 */
static void a_firmware_has_flash(void)
{
    static const char text[] = SERVED "[vm a]\nfirmware=flat\nmemory=16M\npcpus=1\n";
    struct fixture f;
    const struct pb_table *table;
    g_autoptr(GBytes) bytes = NULL;

    fixture_init(&f, GIB);
    CU_ASSERT_TRUE_FATAL(fixture_plan(&f, text, NULL));
    f.plan.place[1].flash = 2 * S2_BLOCK;
    bytes = pack_table_make(&f.plan, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    table = g_bytes_get_data(bytes, NULL);
    CU_ASSERT_EQUAL(f.plan.place[1].bank_pa, 0x80400000);
    CU_ASSERT_EQUAL(table->trap[0].ipa, 0x04000000);
    CU_ASSERT_EQUAL(table->trap[0].size, 0x200000);
    CU_ASSERT_EQUAL(table->trap[0].forward, 1);
    CU_ASSERT_EQUAL(table->trap[1].ipa, 0);
    CU_ASSERT_EQUAL(table->trap[1].forward, 0);
    fixture_finish(&f);
}

static void without_switchboard_el2_starts_all(void)
{
    static const char text[] =
        "[handset]\nname=virt\n[vm a]\nkind=realtime\nkernel=flat\nmemory=4M\npcpus=0\nuart=0\n"
        "[vm b]\nkind=realtime\nkernel=flat\nmemory=4M\npcpus=1\n";
    struct fixture f;
    const struct pb_table *table;
    g_autoptr(GBytes) bytes = NULL;

    fixture_init(&f, GIB);
    bytes = make(&f, text, &table);
    check_pages(&f, table);
    for (guint i = 0; i < 2; i++) {
        CU_ASSERT_EQUAL(table->vm[i].flags, PB_VM_AUTOSTART);
        CU_ASSERT_EQUAL(table->vm[i].owner, i);
        CU_ASSERT_EQUAL(table->vm[i].owner_s2_root, 0);
        CU_ASSERT_EQUAL(table->vm[i].page_pa, PB_TABLE_PA + PB_TABLE_MAX - S2_PAGE);
        CU_ASSERT_EQUAL(table->vm[i].window_allow, 0); /* nobody drives devices */
    }
    fixture_finish(&f);
}

static const char protected_phone[] =
    "[handset]\nname=one\nmemory=1G\n"
    "[vm switchboard]\nkind=switchboard\nmemory=128M\npcpus=0\nuart=1\nservice-uart=2\n"
    "[vm private]\nkernel=linux\nmemory=256M\npcpus=1\nuart=3\nprotected=true\n";

/* Its RAM is behind level-3 tables of its own, in memory that nobody maps; all else is in the upper
 * half. */
static void a_protected_vm(void)
{
    struct fixture f;
    const struct pb_table *table;
    const struct pb_vm *vm;
    struct collector c[PB_MAX_VMS];
    g_autoptr(GBytes) bytes = NULL, entries = NULL;
    g_autoptr(GHashTable) pages = NULL;
    const guint64 *entry;
    guint wrong = 0;

    fixture_init(&f, GIB);
    bytes = make(&f, protected_phone, &table);
    vm = &table->vm[1];
    CU_ASSERT_EQUAL(vm->gicd_ipa, 0x4008000000);
    CU_ASSERT_EQUAL(vm->vio_ipa, 0x400a000000);
    CU_ASSERT_EQUAL(vm->flags, 0);
    CU_ASSERT_TRUE(vm->l3_pa >= vm->ram_pa + vm->ram_size);
    pages = all_pages(table, c);
    for (guint64 at = vm->l3_pa; at < vm->l3_pa + (1 << 20); at += S2_PAGE) {
        const struct use *use = g_hash_table_lookup(pages, GSIZE_TO_POINTER(at >> 12));

        wrong += use && use->vms & 1;
    }
    entries = pack_s2_protected(vm->ram_pa, vm->ram_size);
    CU_ASSERT_EQUAL(g_bytes_get_size(entries), 1 << 20);
    entry = g_bytes_get_data(entries, NULL);
    for (guint i = 0; i < (1 << 17); i++) {
        guint64 pa = vm->ram_pa + i / 1024 * S2_BLOCK + i % 512 * S2_PAGE;
        gboolean shared = i % 1024 >= 512;

        wrong += GUINT64_FROM_LE(entry[i]) != (pa | (shared ? S2_RAM_DATA | 2 : S2_RAM | 3));
    }
    CU_ASSERT_EQUAL(wrong, 0);
    fixture_finish(&f);
}

/* The measurement is of each file's place, size and bytes; the program is mapped for that VM alone.
 */
static void a_measured_vm(void)
{
    static const char kernel[] = "kernel of no multiple of 64 bytes";
    struct fixture f;
    struct pack_place *place;
    g_autoptr(GBytes) program = g_bytes_new_static("program", 7), bytes = NULL;
    g_autoptr(GBytes) file = g_bytes_new_static(kernel, sizeof(kernel));
    guint64 hashed[32] = {0};
    g_autofree char *sum = NULL, *rim = g_malloc0(65);
    const struct pb_table *table;
    const struct pb_vm *vm;
    const void *data;
    gsize size;

    fixture_init(&f, GIB);
    CU_ASSERT_TRUE_FATAL(fixture_plan(&f, protected_phone, NULL));
    CU_ASSERT_TRUE_FATAL(pack_measure(&f.plan, 1, program, file, NULL, file, NULL));
    bytes = pack_table_make(&f.plan, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    data = g_bytes_get_data(bytes, &size);
    table = pack_table_check(data, size, "table.bin", NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(table);
    vm = &table->vm[1];
    place = &f.plan.place[1];
    for (guint i = 0; i < 2; i++) {
        hashed[i * 16] = i ? place->dtb_ipa : place->kernel_ipa;
        hashed[i * 16 + 1] = sizeof(kernel);
        memcpy(&hashed[i * 16 + 8], kernel, sizeof(kernel));
    }
    sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guint8 *)hashed, sizeof(hashed));
    for (guint i = 0; i < 32; i++) {
        g_snprintf(rim + 2 * i, 3, "%02x", ((const guint8 *)vm->rim)[i]);
    }
    CU_ASSERT_STRING_EQUAL(rim, sum);
    CU_ASSERT_EQUAL(vm->rim[4], 0);
    CU_ASSERT_EQUAL(vm->flags, PB_VM_MEASURED);
    CU_ASSERT_EQUAL(vm->entry, 0);
    CU_ASSERT_EQUAL(vm->x0, 0x1000);
    g_clear_pointer(&place->measure, g_bytes_unref);
    fixture_finish(&f);
}

/* Whatever is changed in a table, checking and dumping it must not crash. */
static void damaged_tables_are_refused(void)
{
    struct fixture f;
    const struct pb_table *table;
    g_autoptr(GBytes) bytes = NULL;
    g_autofree guint8 *copy = NULL;
    gsize size;
    guint refused = 0;

    fixture_init(&f, 3 * GIB);
    bytes = make(&f, fixture_phone, &table);
    copy = g_memdup2(g_bytes_get_data(bytes, &size), table->size);
    for (guint at = 0; at < size; at += at < 4096 ? 4 : 509) {
        guint8 old = copy[at];
        g_autoptr(GString) out = g_string_new(NULL);
        const struct pb_table *read;

        copy[at] ^= 0xff;
        read = pack_table_check(copy, size, "table.bin", NULL);
        if (read) {
            pack_table_dump(read, out);
        }
        refused += !read;
        copy[at] = old;
    }
    CU_ASSERT_TRUE(refused > 10);
    CU_ASSERT_PTR_NULL(pack_table_check(copy, size - 1, "table.bin", NULL));
    CU_ASSERT_PTR_NULL(pack_table_check(copy, 3, "table.bin", NULL));
    fixture_finish(&f);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"EL2 maps what it uses, W^X", test_el2},
        {"no page is shared by mistake", no_page_is_shared_by_mistake},
        {"each VM has its own", each_vm_has_its_own},
        {"numbers are right", numbers_are_right},
        {"windows are the VMs' RAM", windows_are_the_vms_ram},
        {"services have their own", services_have_their_own},
        {"devices have one owner", devices_have_one_owner},
        {"named devices are all", named_devices_are_all},
        {"a firmware has flash", a_firmware_has_flash},
        {"without a switchboard EL2 starts all", without_switchboard_el2_starts_all},
        {"a protected VM", a_protected_vm},
        {"a measured VM", a_measured_vm},
        {"damaged tables are refused", damaged_tables_are_refused},
        CU_TEST_INFO_NULL,
    };

    return fixture_run("pack: table", tests);
}
