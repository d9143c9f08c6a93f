/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "guest_lights.h"
#include "plan.h"

#define BACKLIGHT_ADDRESS 0x2c
#define PAGE              0x1000
#define SPI               0
#define LEVEL_HIGH        4
#define EV_SW             5
#define SW_MUTE_DEVICE    14
#define SWITCH_LINE       5
#define VIBRATOR_LINE     4

/* dt-bindings/leds/common.h: LED_COLOR_ID_..., LED_FUNCTION_...; the place in the list is the line.
 */
static const struct {
    const char *name;
    guint32 colour;
    const char *function;
} leds[] = {
    {"red", 1, "status"}, {"green", 2, "status"}, {"blue", 3, "status"}, {"torch", 0, "torch"}};

static void write_gpio(struct pack_fdt *fdt, guint32 gpio, guint32 clock)
{
    static const char *const compatible[] = {"arm,pl061", "arm,primecell", NULL};
    static const guint32 interrupt[] = {SPI, PERSONA_GPIO_SPI, LEVEL_HIGH};
    const struct pack_range reg = {PERSONA_GPIO, PAGE};

    pack_fdt_node_at(fdt, "pl061", PERSONA_GPIO);
    pack_fdt_strings(fdt, "compatible", compatible);
    pack_fdt_reg(fdt, "reg", &reg, 1);
    pack_fdt_cells(fdt, "interrupts", interrupt, G_N_ELEMENTS(interrupt));
    pack_fdt_u32(fdt, "clocks", clock);
    pack_fdt_string(fdt, "clock-names", "apb_pclk");
    pack_fdt_empty(fdt, "gpio-controller");
    pack_fdt_u32(fdt, "#gpio-cells", 2);
    pack_fdt_empty(fdt, "interrupt-controller");
    pack_fdt_u32(fdt, "#interrupt-cells", 2);
    pack_fdt_u32(fdt, "phandle", gpio);
    pack_fdt_end_node(fdt);
}

static void write_line(struct pack_fdt *fdt, const char *name, guint32 gpio, guint32 line)
{
    const guint32 cells[] = {gpio, line, 0};

    pack_fdt_cells(fdt, name, cells, G_N_ELEMENTS(cells));
}

static void write_leds(struct pack_fdt *fdt, guint32 gpio)
{
    pack_fdt_node(fdt, "leds");
    pack_fdt_string(fdt, "compatible", "gpio-leds");
    for (guint32 line = 0; line < G_N_ELEMENTS(leds); line++) {
        pack_fdt_node(fdt, leds[line].name);
        write_line(fdt, "gpios", gpio, line);
        pack_fdt_u32(fdt, "color", leds[line].colour);
        pack_fdt_string(fdt, "function", leds[line].function);
        pack_fdt_end_node(fdt);
    }
    pack_fdt_end_node(fdt);
}

void pack_guest_lights(struct pack_fdt *fdt, guint32 gpio, guint32 clock)
{
    write_gpio(fdt, gpio, clock);
    write_leds(fdt, gpio);
    pack_fdt_node(fdt, "vibrator"); /* feedbackd knows it by this name */
    pack_fdt_string(fdt, "compatible", "gpio-vibrator");
    write_line(fdt, "enable-gpios", gpio, VIBRATOR_LINE);
    pack_fdt_end_node(fdt);
    pack_fdt_node(fdt, "switches");
    pack_fdt_string(fdt, "compatible", "gpio-keys");
    pack_fdt_node(fdt, "silent");
    pack_fdt_string(fdt, "label", "silent");
    write_line(fdt, "gpios", gpio, SWITCH_LINE);
    pack_fdt_u32(fdt, "linux,input-type", EV_SW);
    pack_fdt_u32(fdt, "linux,code", SW_MUTE_DEVICE);
    pack_fdt_end_node(fdt);
    pack_fdt_end_node(fdt);
}

void pack_guest_backlight(struct pack_fdt *fdt)
{
    pack_fdt_node_at(fdt, "backlight", BACKLIGHT_ADDRESS);
    pack_fdt_string(fdt, "compatible", "ti,lp8556");
    pack_fdt_u32(fdt, "reg", BACKLIGHT_ADDRESS);
    pack_fdt_string(fdt, "bl-name", "lcd-backlight");
    pack_fdt_u8(fdt, "dev-ctrl", 0x05); /* on, by register */
    pack_fdt_u8(fdt, "init-brt", 0xff);
    pack_fdt_end_node(fdt);
}
