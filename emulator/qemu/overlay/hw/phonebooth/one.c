/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Board "one": processors, interrupt controller, memory and start-up.
 *
 * Data sheet: docs/board/one.md.
 */
#include "qemu/osdep.h"
#include "qemu/error-report.h"
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
#include "one.h"
#include "one_parts.h"

#define TYPE_ONE_MACHINE MACHINE_TYPE_NAME("one")
OBJECT_DECLARE_SIMPLE_TYPE(OneMachineState, ONE_MACHINE)

struct OneMachineState {
    MachineState parent_obj;
    struct arm_boot_info boot;
    MemoryRegion sram;
    DeviceState *gic;
    bool splash;
};

static void one_create_cpus(MachineState *ms)
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

static void one_connect_cpu(OneMachineState *s, int i, int cpus)
{
    SysBusDevice *gic = SYS_BUS_DEVICE(s->gic);
    DeviceState *cpu = DEVICE(qemu_get_cpu(i));
    int ppis = ONE_SPIS + i * GIC_INTERNAL;

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

static void one_create_gic(OneMachineState *s, int cpus)
{
    QList *regions = qlist_new();

    s->gic = qdev_new(gicv3_class_name());
    qdev_prop_set_uint32(s->gic, "revision", 3);
    qdev_prop_set_uint32(s->gic, "num-cpu", cpus);
    qdev_prop_set_uint32(s->gic, "num-irq", ONE_SPIS + GIC_INTERNAL);
    qdev_prop_set_bit(s->gic, "has-security-extensions", false);
    qlist_append_int(regions, cpus);
    qdev_prop_set_array(s->gic, "redist-region-count", regions);
    sysbus_realize_and_unref(SYS_BUS_DEVICE(s->gic), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(s->gic), 0, ONE_GICD_BASE);
    sysbus_mmio_map(SYS_BUS_DEVICE(s->gic), 1, ONE_GICR_BASE);
    for (int i = 0; i < cpus; i++) {
        one_connect_cpu(s, i, cpus);
    }
}

static void one_create_memory(OneMachineState *s)
{
    MachineState *ms = MACHINE(s);

    if (ms->ram_size < ONE_DRAM_MIN || ms->ram_size > ONE_DRAM_MAX) {
        error_report("board one: -m must be 1G to 8G");
        exit(EXIT_FAILURE);
    }
    memory_region_init_ram(&s->sram, NULL, "one.sram", ONE_SRAM_SIZE, &error_fatal);
    memory_region_add_subregion(get_system_memory(), ONE_SRAM_BASE, &s->sram);
    memory_region_add_subregion(get_system_memory(), ONE_DRAM_BASE, ms->ram);
}

/*
 * QEMU's vmstate of a core carries the two EL1 timers only: after a restore
 * into a fresh process the EL2 timers are not armed and an idle hypervisor
 * would sleep for ever. Arm them again whenever the machine begins to run.
 */
static void one_rearm_el2_timers(void *opaque, bool running, RunState state)
{
    CPUState *cs;

    if (!running) {
        return;
    }
    CPU_FOREACH(cs)
    {
        arm_gt_htimer_cb(ARM_CPU(cs));
        arm_gt_hvtimer_cb(ARM_CPU(cs));
    }
}

static void one_init(MachineState *ms)
{
    OneMachineState *s = ONE_MACHINE(ms);

    one_create_cpus(ms);
    one_create_memory(s);
    one_create_gic(s, ms->smp.cpus);
    one_create_parts(s->gic, s->splash ? ONE_SPLASH_BASE : 0);
    qemu_add_vm_change_state_handler(one_rearm_el2_timers, s);

    s->boot.ram_size = ms->ram_size;
    s->boot.board_id = -1;
    s->boot.loader_start = ONE_DRAM_BASE;
    s->boot.psci_conduit = QEMU_PSCI_CONDUIT_SMC;
    arm_load_kernel(ARM_CPU(first_cpu), ms, &s->boot);
}

static bool one_get_splash(Object *obj, Error **errp)
{
    return ONE_MACHINE(obj)->splash;
}

static void one_set_splash(Object *obj, bool value, Error **errp)
{
    ONE_MACHINE(obj)->splash = value;
}

static void one_class_init(ObjectClass *oc, void *data)
{
    static const char *const cpu_types[] = {ARM_CPU_TYPE_NAME("cortex-a53"), NULL};
    MachineClass *mc = MACHINE_CLASS(oc);

    mc->desc = "Phonebooth reference handset board (4 x Cortex-A53, EL2, GICv3)";
    mc->init = one_init;
    mc->minimum_page_bits = 12;
    mc->min_cpus = 1;
    mc->max_cpus = ONE_CPUS;
    mc->default_cpus = ONE_CPUS;
    mc->default_cpu_type = ARM_CPU_TYPE_NAME("cortex-a53");
    mc->valid_cpu_types = cpu_types;
    mc->default_ram_size = ONE_DRAM_DEFAULT;
    mc->default_ram_id = "one.dram";
    mc->block_default_type = IF_SD;
    mc->no_parallel = 1;
    mc->no_floppy = 1;
    mc->no_cdrom = 1;
    object_class_property_add_bool(oc, "splash", one_get_splash, one_set_splash);
    object_class_property_set_description(
        oc, "splash", "The display shows memory from reset on, as a boot loader would leave it");
}

static const TypeInfo one_info = {
    .name = TYPE_ONE_MACHINE,
    .parent = TYPE_MACHINE,
    .instance_size = sizeof(OneMachineState),
    .class_init = one_class_init,
};

static void one_register_types(void)
{
    type_register_static(&one_info);
}

type_init(one_register_types)
