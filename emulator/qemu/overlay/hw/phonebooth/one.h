/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Board "one": where its parts are and which interrupts they raise.
 *
 * The data sheet is docs/board/one.md. Every device page stands in a 64 KiB
 * slot of its own, so that a hypervisor with any granule can hand out single
 * devices. SPI n is GIC INTID 32 + n.
 */
#ifndef HW_PHONEBOOTH_ONE_H
#define HW_PHONEBOOTH_ONE_H

#include "qemu/units.h"

#define ONE_SLOT 0x10000

#define ONE_GICD_BASE     0x10000000
#define ONE_GICR_BASE     0x10080000
#define ONE_UART_BASE     0x12000000 /* UART n at + n * ONE_SLOT */
#define ONE_RTC_BASE      0x12100000
#define ONE_GPIO_BASE     0x12110000
#define ONE_WATCHDOG_BASE 0x12120000
#define ONE_I2C_BASE      0x12130000 /* controller n at + n * ONE_SLOT */
#define ONE_DISPLAY_BASE  0x12200000
#define ONE_SDHCI_BASE    0x12300000 /* controller n at + n * ONE_SLOT */
#define ONE_GEM_BASE      0x12400000
#define ONE_FIREWALL_BASE 0x12500000 /* control; report at + ONE_SLOT */
#define ONE_SRAM_BASE     0x40000000
#define ONE_DRAM_BASE     0x80000000
#define ONE_SPLASH_BASE   0xbfc00000 /* the simple-framebuffer of one.dts */

#define ONE_SRAM_SIZE    (4 * MiB)
#define ONE_DRAM_MIN     (1 * GiB)
#define ONE_DRAM_DEFAULT (3 * GiB)
#define ONE_DRAM_MAX     (8 * GiB)

#define ONE_CPUS      4
#define ONE_UARTS     8
#define ONE_I2C_BUSES 2
#define ONE_SDHCIS    4
#define ONE_KEYS      3

/* Numbers of those that do DMA, for the firewall. */
#define ONE_MASTER_DISPLAY 0
#define ONE_MASTER_SDHCI   1 /* controller n: + n */
#define ONE_MASTER_GEM     5
#define ONE_MASTERS        6

#define ONE_UART_SPI     0 /* UART n: + n */
#define ONE_RTC_SPI      8
#define ONE_GPIO_SPI     9
#define ONE_WATCHDOG_SPI 10
#define ONE_I2C_SPI      11 /* controller n: + n */
#define ONE_TOUCH_SPI    13
#define ONE_DISPLAY_SPI  16
#define ONE_SDHCI_SPI    20 /* controller n: + n */
#define ONE_GEM_SPI      24
#define ONE_FIREWALL_SPI 28
#define ONE_SPIS         96

#define ONE_CLOCK_HZ      24000000 /* of every peripheral */
#define ONE_TOUCH_ADDRESS 0x38     /* on I2C 0 */

#endif
