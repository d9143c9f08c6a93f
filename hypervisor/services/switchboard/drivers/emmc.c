/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* eMMC device, JEDEC JESD84-B51: identification (6.4), bus (6.6), commands (6.10), EXT_CSD (7.4).
 */
#include <stddef.h>
#include <string.h>

#include "emmc.h"

#include "el1/clock.h"
#include "el1/memory.h"
#include "el1/log.h"

#define RCA           (1u << 16)
#define OCR_ASK       0x40ff8080u /* sector mode, all voltages */
#define OCR_READY     (1u << 31)
#define OCR_SECTORS   (1u << 30)
#define READY_WAIT_US 2000000u

#define SWITCH_BYTE   (3u << 24)
#define EXT_FLUSH     32u
#define EXT_CACHE     33u
#define EXT_ERASED    181u /* what erased memory reads as, a bit */
#define EXT_BUS_WIDTH 183u
#define EXT_HS_TIMING 185u
#define EXT_SEC_COUNT 212u
#define EXT_FEATURES  231u
#define EXT_CACHE_KIB 249u

#define FEATURE_TRIM (1u << 4) /* SEC_GB_CL_EN */
#define ERASE_TRIM   1u

/* R1 card status, 6.13: what makes a command a failure, what belongs to no command, the state. */
#define STATUS_ERRORS       0xfde94080u
#define STATUS_OUT_OF_RANGE (1u << 31)
#define STATUS_CC_ERROR     (1u << 20)
#define STATUS_READY        (1u << 8)
#define STATUS_STATE        (0xfu << 9)
#define STATE_TRANSFER      (4u << 9)
#define STATE_DATA          (5u << 9)
#define STATE_RECEIVE       (6u << 9)
#define STATUS_WAIT_US      1000000u

static const struct sdhci_command go_idle = {0, RESPONSE_NONE, false, 0};
static const struct sdhci_command send_op_cond = {1, RESPONSE_48, false, OCR_ASK};
static const struct sdhci_command all_send_cid = {2, RESPONSE_136, false, 0};
static const struct sdhci_command set_relative_addr = {3, RESPONSE_48, true, RCA};
static const struct sdhci_command select_card = {7, RESPONSE_48_BUSY, true, RCA};
static const struct sdhci_command send_ext_csd = {8, RESPONSE_48, true, 0};
static const struct sdhci_command stop_transmission = {12, RESPONSE_48_BUSY, true, 0};
static const struct sdhci_command send_status = {13, RESPONSE_48, true, RCA};
static const struct sdhci_command set_blocklen = {16, RESPONSE_48, true, SDHCI_BLOCK};

static bool power_up(struct emmc *card)
{
    const uint64_t end = clock_us() + READY_WAIT_US;

    if (!sdhci_command(&card->host, &go_idle)) {
        return false;
    }
    do {
        if (!sdhci_command(&card->host, &send_op_cond)) {
            return false;
        }
        if (card->host.response[0] & OCR_READY) {
            card->sector_addressed = card->host.response[0] & OCR_SECTORS;
            return true;
        }
    } while (clock_us() < end);
    return false;
}

/* False: the status of an R1 response says that the command failed. */
static bool take_status(struct emmc *card, uint32_t status)
{
    card->status |= status;
    if (status & STATUS_CC_ERROR) {
        card->lost = true;
    }
    return !(status & STATUS_ERRORS);
}

static struct sdhci_command switch_to(uint8_t index, uint8_t value)
{
    return (struct sdhci_command){6, RESPONSE_48_BUSY, true,
                                  SWITCH_BYTE | (uint32_t)index << 16 | (uint32_t)value << 8};
}

static bool switch_byte(struct emmc *card, uint8_t index, uint8_t value)
{
    const struct sdhci_command command = switch_to(index, value);

    return sdhci_command(&card->host, &command) && take_status(card, card->host.response[0]);
}

/* The end of a transfer that emmc_init waits for. */
static void set_flag(struct sdhci *host, bool ok)
{
    *(int *)host->owner = ok;
}

static bool read_ext_csd(struct emmc *card, uint8_t *ext_csd)
{
    const uint64_t end = clock_us() + READY_WAIT_US;
    volatile int result = -1;

    card->host.done = set_flag;
    card->host.owner = (void *)&result;
    sdhci_list_clear(&card->host);
    sdhci_list_add(&card->host, (uintptr_t)ext_csd, SDHCI_BLOCK);
    if (!sdhci_transfer(&card->host, &send_ext_csd, false, 1)) {
        return false;
    }
    while (result < 0 && clock_us() < end) {
        sdhci_interrupt(&card->host);
    }
    if (result < 0) {
        sdhci_abort(&card->host);
    }
    card->host.done = NULL;
    return result == 1;
}

static bool identify(struct emmc *card)
{
    static const struct sdhci_command *const commands[] = {&all_send_cid, &set_relative_addr,
                                                           &select_card, &set_blocklen};

    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (!sdhci_command(&card->host, commands[i])) {
            return false;
        }
    }
    return true;
}

static void choose_bus(struct emmc *card, const uint8_t *ext_csd)
{
    const unsigned lines = card->host.bus8 ? 8 : 4;
    uint32_t cache_kib;

    if (!switch_byte(card, EXT_HS_TIMING, 1)) {
        log_line("eMMC: no high-speed timing");
    }
    if (switch_byte(card, EXT_BUS_WIDTH, lines == 8 ? 2 : 1)) {
        sdhci_set_bus(&card->host, lines);
    }
    memcpy(&cache_kib, ext_csd + EXT_CACHE_KIB, sizeof(cache_kib));
    card->cache = cache_kib && switch_byte(card, EXT_CACHE, 1);
}

bool emmc_init(struct emmc *card, uintptr_t base)
{
    uint8_t *ext_csd;
    uint32_t sectors;

    if (!sdhci_init(&card->host, base)) {
        return false;
    }
    ext_csd = memory_alloc(SDHCI_BLOCK, SDHCI_BLOCK);
    if (!power_up(card) || !identify(card) || !read_ext_csd(card, ext_csd)) {
        log_line("eMMC at %#lx: the card does not answer as an eMMC", (unsigned long)base);
        return false;
    }
    memcpy(&sectors, ext_csd + EXT_SEC_COUNT, sizeof(sectors));
    card->sectors = sectors;
    card->trim = ext_csd[EXT_FEATURES] & FEATURE_TRIM && !ext_csd[EXT_ERASED];
    if (!sectors) {
        log_line("eMMC at %#lx: older than 4.2, its size is not known", (unsigned long)base);
        return false;
    }
    choose_bus(card, ext_csd);
    return true;
}

static uint32_t address_of(const struct emmc *card, uint64_t sector)
{
    return (uint32_t)(card->sector_addressed ? sector : sector * SDHCI_BLOCK);
}

static bool reaches(const struct emmc *card, uint64_t sector, uint32_t blocks)
{
    return sector < card->sectors && blocks <= card->sectors - sector;
}

bool emmc_transfer(struct emmc *card, bool write, uint64_t sector, uint32_t blocks)
{
    static const uint8_t index[2][2] = {{17, 18}, {24, 25}}; /* single and multiple, read, write */
    const struct sdhci_command command = {index[write][blocks > 1], RESPONSE_48, true,
                                          address_of(card, sector)};

    if (!reaches(card, sector, blocks)) {
        return false;
    }
    card->status = 0;
    card->write = write;
    card->multiple = blocks > 1;
    return sdhci_transfer(&card->host, &command, write, blocks);
}

/* Waits until the card takes commands that move data. False: it complains, or does not come back.
 */
static bool settle(struct emmc *card)
{
    const uint64_t end = clock_us() + STATUS_WAIT_US;
    bool ok = true;

    do {
        uint32_t status;

        if (!sdhci_command(&card->host, &send_status)) {
            return false;
        }
        status = card->host.response[0];
        ok = take_status(card, status) && ok;
        if ((status & STATUS_STATE) == STATE_TRANSFER && status & STATUS_READY) {
            return ok;
        }
        if ((status & STATUS_STATE) == STATE_DATA || (status & STATUS_STATE) == STATE_RECEIVE) {
            ok = sdhci_command(&card->host, &stop_transmission) &&
                 take_status(card, card->host.response[0]) && ok;
        }
    } while (clock_us() < end);
    return false;
}

bool emmc_finish(struct emmc *card, bool ok)
{
    uint32_t status = card->host.response[0];

    /* Reading the last block, the card may see the end before the stop command (6.6.7). */
    if (card->multiple && ok) {
        status |= card->host.response[3] & (card->write ? UINT32_MAX : ~STATUS_OUT_OF_RANGE);
    }
    if (ok) {
        ok = take_status(card, status);
    }
    if (card->write || !ok) {
        ok = settle(card) && ok;
    }
    return ok;
}

bool emmc_trim(struct emmc *card, uint64_t sector, uint32_t sectors)
{
    const struct sdhci_command commands[] = {
        {35, RESPONSE_48, true, address_of(card, sector)},
        {36, RESPONSE_48, true, address_of(card, sector + sectors - 1)},
        {38, RESPONSE_48_BUSY, true, ERASE_TRIM},
    };

    card->status = 0;
    if (!card->trim || !sectors || !reaches(card, sector, sectors)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (!sdhci_command(&card->host, &commands[i]) ||
            !take_status(card, card->host.response[0])) {
            settle(card);
            return false;
        }
    }
    return settle(card);
}

bool emmc_flush(struct emmc *card)
{
    const struct sdhci_command command = switch_to(EXT_FLUSH, 1);

    card->status = 0;
    card->write = true;
    card->multiple = false;
    return sdhci_begin(&card->host, &command);
}

bool emmc_check(struct emmc *card)
{
    return settle(card);
}
