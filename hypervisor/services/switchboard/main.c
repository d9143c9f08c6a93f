/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* The switchboard: start in order of need, then one event loop for ever. */
#include "battery.h"
#include "lights.h"
#include "observers.h"
#include "position.h"
#include "slots.h"

#include "audio/audio.h"
#include "camera/camera.h"
#include "drivers/board.h"
#include "drivers/firewall.h"
#include "drivers/gpio.h"
#include "drivers/hub.h"
#include "drivers/rtc.h"
#include "input/input.h"
#include "net/net.h"
#include "port/light.h"
#include "port/service.h"
#include "screen/compositor.h"
#include "storage/block.h"
#include "storage/partition.h"
#include "vm/alarm.h"
#include "vm/guestdt.h"
#include "vm/manager.h"
#include "vm/vi2c.h"
#include "vm/vms.h"
#include "vm/vsmbus.h"

#include "el1/clock.h"
#include "el1/cpu.h"
#include "el1/entropy.h"
#include "el1/log.h"
#include "el1/loop.h"
#include "el1/place.h"
#include "el1/restart.h"
#include "el1/stack_guard.h"

static struct board board;
/* Without a display personas have a pixel. */
struct panel board_panel = {.width = 1, .height = BAR_HEIGHT + 1};

static void start_platform(const void *fdt)
{
    if (!board_read(&board, fdt)) {
        el1_halt(); /* nowhere to say it */
    }
    if (board.panel.width && board.panel.height > BAR_HEIGHT) {
        board_panel = board.panel;
    }
    log_init(board.log.base);
    log_line("switchboard: device tree at %p, RAM %lu MiB", fdt,
             (unsigned long)(board.place.ram_size >> 20));
    place_start(&board.place, fdt);
}

static void start_services(const void *fdt)
{
    firewall_init(&board);
    gpio_init(&board);
    vms_init(fdt);
    rtc_init(&board);
    entropy_init(board.seed, board.seed_len);
    block_init(&board);
    partition_init();
    vms_open();
    if (!compositor_init(&board, &observers_screen)) {
        log_line("display: none");
    }
    net_init(&board, slots_receive);
    position_init(&board);
    audio_init(&board);
    camera_init(&board);
    slots_init();
    guestdt_init(&board);
    alarm_init();
    battery_init(&board);
    log_line("sensors: %s", hub_init(&board, vi2c_sensor_news) ? "yes" : "no");
    vsmbus_init();
    vi2c_init();
    lights_init(&board, light_event);
    manager_init(&observers_vms);
    input_init(&board);
    service_init(&board);
}

static void start_vms(void)
{
    if (restart_kind() == RESTART_POWER_ON) {
        manager_autostart(compositor_front());
    } else {
        slots_resume();
        manager_go_on();
    }
    restart_arm();
}

void el1_main(const void *fdt)
{
    __stack_chk_guard ^= clock_ticks() * 0x9e3779b97f4a7c15u;
    start_platform(fdt);
    start_services(fdt);
    start_vms();
    loop_run(vms_settle);
}
