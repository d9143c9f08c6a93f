/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * What a board is made of, as the machine model and the emulator see it. The boards themselves are
 * in boards.h, which emulator/boards/generate makes of their board.ini; it says what the fields
 * mean.
 */
#ifndef PHONEBOOTH_BOARD_H
#define PHONEBOOTH_BOARD_H

#include <stdint.h>

enum board_kind {
    BOARD_GICD,
    BOARD_GICR,
    BOARD_UART,
    BOARD_RTC,
    BOARD_GPIO,
    BOARD_WATCHDOG,
    BOARD_I2C,
    BOARD_TOUCH,
    BOARD_DISPLAY,
    BOARD_MMC,
    BOARD_ETHERNET,
    BOARD_FIREWALL,
    BOARD_REPORT,
    BOARD_KEY,
    BOARD_GAUGE,
    BOARD_CHARGER,
    BOARD_SENSORS,
    BOARD_GNSS,
    BOARD_GNSSPOWER,
    BOARD_SOUND,
    BOARD_HEADSET,
    BOARD_AMPLIFIER,
    BOARD_CAMERA,
    BOARD_TRNG,
    BOARD_FUSES,
    BOARD_STORE,
    BOARD_LED,
    BOARD_VIBRATOR,
    BOARD_SWITCH,
    BOARD_BACKLIGHT,
};

struct board_part {
    const char *name;
    enum board_kind kind;
    const char *on;   /* part that it is connected to; "": the bus of the processors */
    uint64_t address; /* physical, or on that part */
    uint64_t size;    /* bytes */
    int spi;          /* -1: none */
    int master;       /* number at the DMA firewall; -1: no DMA */
    int does;         /* DMA: 1 reads, 2 writes, 3 both */
};

struct board {
    const char *name;
    const char *description;
    const char *cpu; /* as QEMU calls it */
    unsigned cpus;
    unsigned spis;
    unsigned width, height; /* of the screen, pixels */
    unsigned clock;         /* of every peripheral, Hz */
    uint64_t splash;        /* physical address of the picture of splash=on */
    struct {
        uint64_t base, size;
    } sram;
    struct {
        uint64_t base, size, min, max; /* size: if nothing else is said */
    } dram;
    const struct board_part *part;
    unsigned parts;
};

#endif
