/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "fdtwrite.h"
#include "guest_dt.h"
#include "guest_i2c.h"
#include "guest_lights.h"
#include "phonebooth/chosen.h"

#define PHANDLE_GIC   0x8001u
#define PHANDLE_GPIO  0x8002u
#define PHANDLE_CLOCK 0x8000u
#define PHANDLE_MBOX  0x8003u
#define CLOCK_HZ      24000000u

#define SPI         0u
#define PPI         1u
#define LEVEL_HIGH  4u
#define EDGE_RISING 1u
#define PAGE        0x1000u

static void write_root(struct pack_fdt *fdt)
{
    pack_fdt_u32(fdt, "#address-cells", 2);
    pack_fdt_u32(fdt, "#size-cells", 2);
    pack_fdt_u32(fdt, "interrupt-parent", PHANDLE_GIC);
    pack_fdt_string(fdt, "model", "Phonebooth persona platform");
    pack_fdt_string(fdt, "compatible", "linux,dummy-virt");
}

static void write_chosen(struct pack_fdt *fdt, const struct pack_plan *plan, guint vm,
                         guint64 initrd_size)
{
    const struct pack_vm *config = &plan->handset->vm[vm];
    const struct pack_place *place = &plan->place[vm];

    pack_fdt_node(fdt, "chosen");
    if (config->cmdline) {
        pack_fdt_string(fdt, "bootargs", config->cmdline);
    }
    if (!config->is_protected) {
        pack_fdt_room(fdt, PB_TIMEZONE, PB_TIMEZONE_SIZE);
    }
    if (config->uart != PACK_NO_UART) {
        pack_fdt_string(fdt, "stdout-path", "/pl011@9000000");
    }
    if (initrd_size) {
        pack_fdt_u64(fdt, "linux,initrd-start", place->initrd_ipa);
        pack_fdt_u64(fdt, "linux,initrd-end", place->initrd_ipa + initrd_size);
    }
    pack_fdt_end_node(fdt);
}

static void write_memory(struct pack_fdt *fdt, const struct pack_plan *plan, guint vm)
{
    struct pack_range ram = {plan->place[vm].ram_ipa, pack_plan_ram(plan, vm)};

    pack_fdt_node_at(fdt, "memory", ram.base);
    pack_fdt_string(fdt, "device_type", "memory");
    pack_fdt_reg(fdt, "reg", &ram, 1);
    pack_fdt_end_node(fdt);
}

static void write_cpus(struct pack_fdt *fdt, guint count)
{
    pack_fdt_node(fdt, "cpus");
    pack_fdt_u32(fdt, "#address-cells", 1);
    pack_fdt_u32(fdt, "#size-cells", 0);
    for (guint i = 0; i < count; i++) {
        pack_fdt_node_at(fdt, "cpu", i);
        pack_fdt_string(fdt, "device_type", "cpu");
        pack_fdt_string(fdt, "compatible", "arm,cortex-a53");
        pack_fdt_u32(fdt, "reg", i);
        pack_fdt_string(fdt, "enable-method", "psci");
        pack_fdt_end_node(fdt);
    }
    pack_fdt_end_node(fdt);
}

/* Linux looks for the Realm Services Interface only where PSCI is by SMC. */
static void write_psci(struct pack_fdt *fdt, gboolean is_protected)
{
    static const char *const compatible[] = {"arm,psci-1.0", "arm,psci-0.2", NULL};

    pack_fdt_node(fdt, "psci");
    pack_fdt_strings(fdt, "compatible", compatible);
    pack_fdt_string(fdt, "method", is_protected ? "smc" : "hvc");
    pack_fdt_end_node(fdt);
}

/* The switchboard answers; by SMC always, whatever PSCI's conduit is. */
static void write_watchdog(struct pack_fdt *fdt)
{
    pack_fdt_node(fdt, "watchdog");
    pack_fdt_string(fdt, "compatible", "arm,smc-wdt");
    pack_fdt_end_node(fdt);
}

static void write_timer(struct pack_fdt *fdt)
{
    /* Secure physical, EL1 physical, virtual, EL2 physical: PPI n is INTID 16 + n. */
    static const guint32 interrupts[] = {
        PPI, 13, LEVEL_HIGH, PPI, 14, LEVEL_HIGH, PPI, 11, LEVEL_HIGH, PPI, 10, LEVEL_HIGH,
    };

    static const char *const compatible[] = {"arm,armv8-timer", "arm,armv7-timer", NULL};

    pack_fdt_node(fdt, "timer");
    pack_fdt_strings(fdt, "compatible", compatible);
    pack_fdt_cells(fdt, "interrupts", interrupts, G_N_ELEMENTS(interrupts));
    pack_fdt_empty(fdt, "always-on");
    pack_fdt_end_node(fdt);
}

static void write_gic(struct pack_fdt *fdt, guint cpus)
{
    const struct pack_range reg[] = {
        {PERSONA_GICD, 0x10000},
        {PERSONA_GICR, cpus * PERSONA_GICR_FRAME},
    };

    pack_fdt_node_at(fdt, "intc", PERSONA_GICD);
    pack_fdt_string(fdt, "compatible", "arm,gic-v3");
    pack_fdt_empty(fdt, "interrupt-controller");
    pack_fdt_u32(fdt, "#interrupt-cells", 3);
    pack_fdt_u32(fdt, "#address-cells", 2);
    pack_fdt_u32(fdt, "#size-cells", 2);
    pack_fdt_empty(fdt, "ranges");
    pack_fdt_u32(fdt, "#redistributor-regions", 1);
    pack_fdt_reg(fdt, "reg", reg, G_N_ELEMENTS(reg));
    pack_fdt_u32(fdt, "phandle", PHANDLE_GIC);
    pack_fdt_end_node(fdt);
}

static void write_clock(struct pack_fdt *fdt)
{
    pack_fdt_node(fdt, "apb-pclk");
    pack_fdt_string(fdt, "compatible", "fixed-clock");
    pack_fdt_u32(fdt, "#clock-cells", 0);
    pack_fdt_u32(fdt, "clock-frequency", CLOCK_HZ);
    pack_fdt_string(fdt, "clock-output-names", "clk24mhz");
    pack_fdt_u32(fdt, "phandle", PHANDLE_CLOCK);
    pack_fdt_end_node(fdt);
}

/* Properties that every interrupting device of the platform has; the node is open. */
static void write_device(struct pack_fdt *fdt, guint64 base, guint64 size, guint32 spi,
                         guint32 flags)
{
    const struct pack_range reg = {base, size};
    const guint32 interrupt[] = {SPI, spi, flags};

    pack_fdt_reg(fdt, "reg", &reg, 1);
    pack_fdt_cells(fdt, "interrupts", interrupt, G_N_ELEMENTS(interrupt));
}

static void write_uart(struct pack_fdt *fdt)
{
    static const char *const compatible[] = {"arm,pl011", "arm,primecell", NULL};
    static const char *const clock_names[] = {"uartclk", "apb_pclk", NULL};
    static const guint32 clocks[] = {PHANDLE_CLOCK, PHANDLE_CLOCK};

    pack_fdt_node_at(fdt, "pl011", PERSONA_UART);
    pack_fdt_strings(fdt, "compatible", compatible);
    write_device(fdt, PERSONA_UART, PAGE, PERSONA_UART_SPI, LEVEL_HIGH);
    pack_fdt_cells(fdt, "clocks", clocks, 2);
    pack_fdt_strings(fdt, "clock-names", clock_names);
    pack_fdt_end_node(fdt);
}

static void write_rtc(struct pack_fdt *fdt)
{
    static const char *const compatible[] = {"arm,pl031", "arm,primecell", NULL};

    pack_fdt_node_at(fdt, "pl031", PERSONA_RTC);
    pack_fdt_strings(fdt, "compatible", compatible);
    write_device(fdt, PERSONA_RTC, PAGE, PERSONA_RTC_SPI, LEVEL_HIGH);
    pack_fdt_u32(fdt, "clocks", PHANDLE_CLOCK);
    pack_fdt_string(fdt, "clock-names", "apb_pclk");
    pack_fdt_end_node(fdt);
}

/*
 * The bank that can be written. `virt` shows the firmware's as well; ours takes no commands, and
 * who searches it for chips tries stores that cannot be emulated: of pairs of registers, by
 * AArch32.
 */
static void write_flash(struct pack_fdt *fdt)
{
    const struct pack_range reg = {PERSONA_FLASH_BANK, PERSONA_FLASH_OWN};

    pack_fdt_node_at(fdt, "flash", PERSONA_FLASH_BANK);
    pack_fdt_string(fdt, "compatible", "cfi-flash");
    pack_fdt_reg(fdt, "reg", &reg, 1);
    pack_fdt_u32(fdt, "bank-width", 4);
    pack_fdt_end_node(fdt);
}

static void write_virtio(struct pack_fdt *fdt)
{
    for (guint slot = 0; slot < PERSONA_VIO_USED; slot++) {
        guint64 base = PERSONA_VIO + slot * PB_VIO_STRIDE;

        pack_fdt_node_at(fdt, "virtio_mmio", base);
        pack_fdt_string(fdt, "compatible", "virtio,mmio");
        pack_fdt_empty(fdt, "dma-coherent");
        write_device(fdt, base, PB_VIO_STRIDE, PERSONA_VIO_SPI + slot, EDGE_RISING);
        pack_fdt_end_node(fdt);
    }
}

/* The machine's generation id: another one when it goes on from a snapshot. */
static void write_generation(struct pack_fdt *fdt)
{
    guint64 at = PERSONA_VIO + PB_VIO_GENERATION_SLOT * PB_VIO_STRIDE + PB_VIO_GENERATION;

    pack_fdt_node_at(fdt, "vmgenid", at);
    pack_fdt_string(fdt, "compatible", "microsoft,vmgenid");
    write_device(fdt, at, PB_VIO_GENERATION_SIZE, PERSONA_VIO_SPI + PB_VIO_GENERATION_SLOT,
                 EDGE_RISING);
    pack_fdt_end_node(fdt);
}

GBytes *pack_guest_dt_make(const struct pack_plan *plan, guint vm, guint64 initrd_size,
                           GError **error)
{
    const struct pack_vm *config = &plan->handset->vm[vm];
    struct pack_fdt fdt;

    pack_fdt_begin(&fdt, PACK_GUEST_DT_MAX);
    write_root(&fdt);
    write_chosen(&fdt, plan, vm, initrd_size);
    write_memory(&fdt, plan, vm);
    write_cpus(&fdt, config->vcpus);
    write_psci(&fdt, config->is_protected);
    write_timer(&fdt);
    write_gic(&fdt, config->vcpus);
    write_clock(&fdt);
    if (config->uart != PACK_NO_UART) {
        write_uart(&fdt);
    }
    if (plan->board->has_rtc) {
        write_rtc(&fdt);
    }
    if (pack_plan_has_i2c(plan, vm)) {
        pack_guest_i2c(&fdt, plan, vm, PHANDLE_CLOCK);
        if (pack_guest_has_dma(plan, vm)) {
            pack_guest_smbus(&fdt, plan, vm, PHANDLE_MBOX);
        }
    }
    if (pack_plan_has_lights(plan, vm)) {
        pack_guest_lights(&fdt, PHANDLE_GPIO, PHANDLE_CLOCK);
    }
    if (plan->place[vm].bank_pa) {
        write_flash(&fdt);
    }
    if (plan->place[vm].vio_pa) {
        write_virtio(&fdt);
        write_generation(&fdt);
    }
    if (plan->place[vm].doorbell) {
        write_watchdog(&fdt);
    }
    return pack_fdt_end(&fdt, config->name, error);
}
