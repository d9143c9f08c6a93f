/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The handset boards: processors, interrupt controller, memory and start-up of each one that
 * boards.h describes. Data sheets: docs/board/.
 */
#include "qemu/osdep.h"
#include "qemu/error-report.h"
#include "qemu/units.h"
#include "qapi/error.h"
#include "qobject/qlist.h"
#include "hw/arm/boot.h"
#include "hw/arm/bsa.h"
#include "hw/boards.h"
#include "hw/intc/arm_gicv3_common.h"
#include "hw/qdev-properties.h"
#include "exec/address-spaces.h"
#include "system/runstate.h"
#include "target/arm/cpu.h"
#include "target/arm/cpu-qom.h"
#include "target/arm/gtimer.h"
#include "board_parts.h"
#include "boards.h"

#define TYPE_BOARD "phonebooth-board"
OBJECT_DECLARE_TYPE(BoardState, BoardClass, BOARD)

struct BoardClass {
    MachineClass parent_class;
    const struct board *board;
};

struct BoardState {
    MachineState parent_obj;
    struct arm_boot_info boot;
    MemoryRegion sram;
    DeviceState *gic;
    bool splash;
};

static void board_create_cpus(MachineState *ms)
{
    for (int i = 0; i < ms->smp.cpus; i++) {
        Object *cpu = object_new(ms->cpu_type);

        object_property_set_bool(cpu, "has_el3", false, &error_fatal);
        object_property_set_int(cpu, "psci-conduit", QEMU_PSCI_CONDUIT_SMC, &error_abort);
        object_property_set_bool(cpu, "start-powered-off", i > 0, &error_abort);
        object_property_set_link(cpu, "memory", OBJECT(get_system_memory()), &error_abort);
        qdev_realize(DEVICE(cpu), NULL, &error_fatal);
        object_unref(cpu);
    }
}

/* Generic timer outputs of a core and the PPI (as INTID) each one drives. */
static const int timer_ppi[] = {
    [GTIMER_PHYS] = ARCH_TIMER_NS_EL1_IRQ,         [GTIMER_VIRT] = ARCH_TIMER_VIRT_IRQ,
    [GTIMER_HYP] = ARCH_TIMER_NS_EL2_IRQ,          [GTIMER_SEC] = ARCH_TIMER_S_EL1_IRQ,
    [GTIMER_HYPVIRT] = ARCH_TIMER_NS_EL2_VIRT_IRQ,
};

static const struct board *board_of(BoardState *s)
{
    return BOARD_GET_CLASS(s)->board;
}

static void board_connect_cpu(BoardState *s, int i, int cpus)
{
    SysBusDevice *gic = SYS_BUS_DEVICE(s->gic);
    DeviceState *cpu = DEVICE(qemu_get_cpu(i));
    int ppis = board_of(s)->spis + i * GIC_INTERNAL;

    for (int t = 0; t < ARRAY_SIZE(timer_ppi); t++) {
        qdev_connect_gpio_out(cpu, t, qdev_get_gpio_in(s->gic, ppis + timer_ppi[t]));
    }
    qdev_connect_gpio_out_named(cpu, "gicv3-maintenance-interrupt", 0,
                                qdev_get_gpio_in(s->gic, ppis + ARCH_GIC_MAINT_IRQ));
    qdev_connect_gpio_out_named(cpu, "pmu-interrupt", 0,
                                qdev_get_gpio_in(s->gic, ppis + VIRTUAL_PMU_IRQ));
    sysbus_connect_irq(gic, i, qdev_get_gpio_in(cpu, ARM_CPU_IRQ));
    sysbus_connect_irq(gic, i + cpus, qdev_get_gpio_in(cpu, ARM_CPU_FIQ));
    sysbus_connect_irq(gic, i + 2 * cpus, qdev_get_gpio_in(cpu, ARM_CPU_VIRQ));
    sysbus_connect_irq(gic, i + 3 * cpus, qdev_get_gpio_in(cpu, ARM_CPU_VFIQ));
}

static void board_create_gic(BoardState *s, int cpus)
{
    const struct board *board = board_of(s);
    QList *regions = qlist_new();

    s->gic = qdev_new(gicv3_class_name());
    qdev_prop_set_uint32(s->gic, "revision", 3);
    qdev_prop_set_uint32(s->gic, "num-cpu", cpus);
    qdev_prop_set_uint32(s->gic, "num-irq", board->spis + GIC_INTERNAL);
    qdev_prop_set_bit(s->gic, "has-security-extensions", false);
    qlist_append_int(regions, cpus);
    qdev_prop_set_array(s->gic, "redist-region-count", regions);
    sysbus_realize_and_unref(SYS_BUS_DEVICE(s->gic), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(s->gic), 0, board_part(board, BOARD_GICD)->address);
    sysbus_mmio_map(SYS_BUS_DEVICE(s->gic), 1, board_part(board, BOARD_GICR)->address);
    for (int i = 0; i < cpus; i++) {
        board_connect_cpu(s, i, cpus);
    }
}

static void board_create_memory(BoardState *s)
{
    const struct board *board = board_of(s);
    MachineState *ms = MACHINE(s);
    g_autofree char *sram = g_strconcat(board->name, ".sram", NULL);

    if (ms->ram_size < board->dram.min || ms->ram_size > board->dram.max) {
        error_report("board %s: -m must be %" PRIu64 "M to %" PRIu64 "M", board->name,
                     board->dram.min / MiB, board->dram.max / MiB);
        exit(EXIT_FAILURE);
    }
    memory_region_init_ram(&s->sram, NULL, sram, board->sram.size, &error_fatal);
    memory_region_add_subregion(get_system_memory(), board->sram.base, &s->sram);
    memory_region_add_subregion(get_system_memory(), board->dram.base, ms->ram);
}

/*
 * QEMU's vmstate of a core carries the two EL1 timers only: after a restore
 * into a fresh process the EL2 timers are not armed and an idle hypervisor
 * would sleep for ever. Arm them again whenever the machine begins to run.
 */
static void board_rearm_el2_timers(void *opaque, bool running, RunState state)
{
    CPUState *cs;

    if (!running) {
        return;
    }
    CPU_FOREACH (cs) {
        arm_gt_htimer_cb(ARM_CPU(cs));
        arm_gt_hvtimer_cb(ARM_CPU(cs));
    }
}

static void board_init(MachineState *ms)
{
    BoardState *s = BOARD(ms);
    const struct board *board = board_of(s);

    board_create_cpus(ms);
    board_create_memory(s);
    board_create_gic(s, ms->smp.cpus);
    board_create_parts(board, s->gic, s->splash ? board->splash : 0);
    qemu_add_vm_change_state_handler(board_rearm_el2_timers, s);

    s->boot.ram_size = ms->ram_size;
    s->boot.board_id = -1;
    s->boot.loader_start = board->dram.base;
    s->boot.psci_conduit = QEMU_PSCI_CONDUIT_SMC;
    arm_load_kernel(ARM_CPU(first_cpu), ms, &s->boot);
}

static bool board_get_splash(Object *obj, Error **errp)
{
    return BOARD(obj)->splash;
}

static void board_set_splash(Object *obj, bool value, Error **errp)
{
    BOARD(obj)->splash = value;
}

/* @data: the struct board. */
static void board_class_init(ObjectClass *oc, void *data)
{
    const struct board *board = data;
    MachineClass *mc = MACHINE_CLASS(oc);
    const char **cpu_types = g_new0(const char *, 2);

    cpu_types[0] = g_strdup_printf("%s-" TYPE_ARM_CPU, board->cpu);
    BOARD_CLASS(oc)->board = board;
    mc->desc = board->description;
    mc->init = board_init;
    mc->minimum_page_bits = 12;
    mc->min_cpus = 1;
    mc->max_cpus = board->cpus;
    mc->default_cpus = board->cpus;
    mc->default_cpu_type = cpu_types[0];
    mc->valid_cpu_types = (const char *const *)cpu_types;
    mc->default_ram_size = board->dram.size;
    mc->default_ram_id = g_strconcat(board->name, ".dram", NULL);
    mc->block_default_type = IF_SD;
    mc->no_parallel = 1;
    mc->no_floppy = 1;
    mc->no_cdrom = 1;
    object_class_property_add_bool(oc, "splash", board_get_splash, board_set_splash);
    object_class_property_set_description(
        oc, "splash", "The display shows memory from reset on, as a boot loader would leave it");
}

static const TypeInfo board_info = {
    .name = TYPE_BOARD,
    .parent = TYPE_MACHINE,
    .abstract = true,
    .instance_size = sizeof(BoardState),
    .class_size = sizeof(BoardClass),
};

static void board_register_types(void)
{
    type_register_static(&board_info);
    for (int i = 0; i < ARRAY_SIZE(boards); i++) {
        g_autofree char *name = g_strconcat(boards[i].name, TYPE_MACHINE_SUFFIX, NULL);
        const TypeInfo info = {
            .name = name,
            .parent = TYPE_BOARD,
            .class_init = board_class_init,
            .class_data = (void *)&boards[i],
        };

        type_register_static(&info);
    }
}

type_init(board_register_types)
