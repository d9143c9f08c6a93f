/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Registers of a smart battery, Smart Battery Data Specification 1.1, chapter 5.1. */
#ifndef SBS_H
#define SBS_H

#include <stdint.h>

#define SBS_CAPACITY_ALARM 0x01u
#define SBS_TIME_ALARM     0x02u
#define SBS_MODE           0x03u
#define SBS_AT_RATE        0x04u
#define SBS_TO_FULL        0x05u /* at that rate, minutes */
#define SBS_TO_EMPTY       0x06u
#define SBS_RATE_OK        0x07u
#define SBS_TEMPERATURE    0x08u /* 0.1 K; from here on to SBS_SERIAL words that are only read */
#define SBS_VOLTAGE        0x09u /* mV */
#define SBS_CURRENT        0x0au /* mA, negative: out of the cell */
#define SBS_AVERAGE        0x0bu
#define SBS_MAX_ERROR      0x0cu
#define SBS_LEVEL          0x0du /* RelativeStateOfCharge, % */
#define SBS_LEVEL_DESIGN   0x0eu
#define SBS_REMAINING      0x0fu /* mAh or 10 mWh */
#define SBS_FULL           0x10u
#define SBS_RUN_TO_EMPTY   0x11u /* minutes */
#define SBS_AVERAGE_EMPTY  0x12u
#define SBS_AVERAGE_FULL   0x13u
#define SBS_CHARGE_MA      0x14u
#define SBS_CHARGE_MV      0x15u
#define SBS_STATUS         0x16u
#define SBS_CYCLES         0x17u
#define SBS_DESIGN         0x18u /* mAh or 10 mWh */
#define SBS_DESIGN_MV      0x19u
#define SBS_SPECIFICATION  0x1au
#define SBS_DATE           0x1bu
#define SBS_SERIAL         0x1cu
#define SBS_MANUFACTURER   0x20u /* texts: SMBus blocks */
#define SBS_CHEMISTRY      0x22u

#define SBS_MODE_POWER (1u << 15) /* SBS_MODE: 10 mWh and 10 mW instead of mAh and mA */

#define SBS_STATUS_TERMINATE_CHARGE    (1u << 14)
#define SBS_STATUS_TERMINATE_DISCHARGE (1u << 11)
#define SBS_STATUS_CAPACITY_ALARM      (1u << 9)
#define SBS_STATUS_TIME_ALARM          (1u << 8)
#define SBS_STATUS_INITIALIZED         (1u << 7)
#define SBS_STATUS_DISCHARGING         (1u << 6)
#define SBS_STATUS_FULL                (1u << 5)
#define SBS_STATUS_EMPTY               (1u << 4)

#define SBS_NEVER 65535u /* minutes */

#define SBS_WORDS (SBS_SERIAL + 1u)
#define SBS_TEXTS (SBS_CHEMISTRY - SBS_MANUFACTURER + 1u)
#define SBS_TEXT  32u /* bytes of a block */

/* What a gauge says, capacities in mAh. */
struct sbs_values {
    uint16_t word[SBS_WORDS]; /* by register; those below SBS_TEMPERATURE are not used */
    uint8_t text[SBS_TEXTS][SBS_TEXT];
    uint8_t text_len[SBS_TEXTS]; /* at most SBS_TEXT */
};

#endif
