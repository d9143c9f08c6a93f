/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* SD host controller, SD Host Controller Simplified Specification 3.00, chapters 1.13, 2, 3. */
#include <string.h>

#include "sdhci.h"

#include "el1/clock.h"
#include "el1/cpu.h"
#include "el1/memory.h"

#define BLOCK_SIZE      0x04u
#define BLOCK_COUNT     0x06u
#define ARGUMENT        0x08u
#define TRANSFER_MODE   0x0cu
#define MODE_DMA        (1u << 0)
#define MODE_COUNT      (1u << 1)
#define MODE_AUTO_CMD12 (1u << 2)
#define MODE_READ       (1u << 4)
#define MODE_MULTI      (1u << 5)
#define COMMAND         0x0eu
#define COMMAND_CRC     (1u << 3)
#define COMMAND_INDEX   (1u << 4)
#define COMMAND_DATA    (1u << 5)
#define RESPONSE        0x10u
#define PRESENT         0x24u
#define PRESENT_BUSY    0x7u /* CMD or DAT inhibited, DAT line active */
#define PRESENT_CARD    (1u << 16)
#define HOST_CONTROL    0x28u
#define CONTROL_4BIT    (1u << 1)
#define CONTROL_8BIT    (1u << 5)
#define CONTROL_ADMA32  (2u << 3)
#define CONTROL_ADMA64  (3u << 3)
#define POWER_CONTROL   0x29u
#define POWER_ON_3V3    0x0fu
#define CLOCK_CONTROL   0x2cu
#define CLOCK_INTERNAL  (1u << 0)
#define CLOCK_STABLE    (1u << 1)
#define CLOCK_CARD      (1u << 2)
#define TIMEOUT         0x2eu
#define TIMEOUT_LONGEST 0x0eu
#define RESET           0x2fu
#define RESET_ALL       (1u << 0)
#define RESET_COMMAND   (1u << 1)
#define RESET_DATA      (1u << 2)
#define STATUS          0x30u /* normal in the lower, errors in the upper half */
#define STATUS_ENABLE   0x34u
#define SIGNAL_ENABLE   0x38u
#define INT_COMMAND     (1u << 0)
#define INT_TRANSFER    (1u << 1)
#define INT_ERRORS      0x03ff8000u /* error summary and all errors of the specification */
#define CAPABILITIES    0x40u
#define CAP_BASE_CLOCK  8 /* [15:8] MHz */
#define CAP_8BIT        (1u << 18)
#define CAP_64BIT       (1u << 28)
#define ADMA_LOW        0x58u
#define ADMA_HIGH       0x5cu

#define ADMA_TRANSFER 0x21u /* valid, act = transfer data */
#define ADMA_END      0x02u
#define ADMA32_BYTES  8u
#define ADMA64_BYTES  12u

#define WAIT_US        1000000u
#define IDENTIFY_KHZ   400u
#define FULL_SPEED_KHZ 52000u

/* Polls until (register & mask) == value; false after a second. */
static bool wait_for(const struct sdhci *host, uint32_t offset, uint32_t mask, uint32_t value)
{
    const uint64_t end = clock_us() + WAIT_US;

    while ((reg_read(host->base + offset) & mask) != value) {
        if (clock_us() > end) {
            return false;
        }
    }
    return true;
}

static bool reset(const struct sdhci *host, uint8_t what)
{
    const uint64_t end = clock_us() + WAIT_US;

    reg_write8(host->base + RESET, what);
    while (reg_read8(host->base + RESET) & what) {
        if (clock_us() > end) {
            return false;
        }
    }
    return true;
}

static void reset_lines(const struct sdhci *host)
{
    reset(host, RESET_COMMAND);
    reset(host, RESET_DATA);
}

static bool set_clock(const struct sdhci *host, uint32_t khz)
{
    uint32_t base_khz = (reg_read(host->base + CAPABILITIES) >> CAP_BASE_CLOCK & 0xff) * 1000;
    uint32_t divisor; /* 10 bits, clock = base / (2 * divisor), 0: base */

    base_khz = base_khz ? base_khz : FULL_SPEED_KHZ;
    divisor = base_khz <= khz ? 0 : (base_khz + 2 * khz - 1) / (2 * khz);
    reg_write16(host->base + CLOCK_CONTROL, 0);
    reg_write16(host->base + CLOCK_CONTROL,
                (uint16_t)((divisor & 0xff) << 8 | (divisor >> 8 & 3) << 6 | CLOCK_INTERNAL));
    if (!wait_for(host, CLOCK_CONTROL, CLOCK_STABLE, CLOCK_STABLE)) {
        return false;
    }
    reg_write16(host->base + CLOCK_CONTROL, reg_read16(host->base + CLOCK_CONTROL) | CLOCK_CARD);
    return true;
}

bool sdhci_init(struct sdhci *host, uintptr_t base)
{
    host->base = base;
    if (!reset(host, RESET_ALL) || !(reg_read(base + PRESENT) & PRESENT_CARD)) {
        return false;
    }
    host->address64 = reg_read(base + CAPABILITIES) & CAP_64BIT;
    host->bus8 = reg_read(base + CAPABILITIES) & CAP_8BIT;
    host->descriptors = memory_alloc(SDHCI_DESCRIPTORS * ADMA64_BYTES, 4096);
    reg_write8(base + POWER_CONTROL, POWER_ON_3V3);
    reg_write8(base + TIMEOUT, TIMEOUT_LONGEST);
    reg_write8(base + HOST_CONTROL, host->address64 ? CONTROL_ADMA64 : CONTROL_ADMA32);
    reg_write(base + STATUS_ENABLE, INT_COMMAND | INT_TRANSFER | INT_ERRORS);
    return set_clock(host, IDENTIFY_KHZ);
}

void sdhci_set_bus(struct sdhci *host, unsigned lines)
{
    const uint8_t control = reg_read8(host->base + HOST_CONTROL);

    set_clock(host, FULL_SPEED_KHZ);
    reg_write8(host->base + HOST_CONTROL, control | (lines == 8   ? CONTROL_8BIT
                                                     : lines == 4 ? CONTROL_4BIT
                                                                  : 0));
}

/* Writing COMMAND issues it. */
static void issue(struct sdhci *host, const struct sdhci_command *command, uint16_t flags)
{
    if (command->check) {
        flags |= COMMAND_CRC | COMMAND_INDEX;
    }
    reg_write(host->base + STATUS, UINT32_MAX);
    reg_write(host->base + ARGUMENT, command->argument);
    reg_write16(host->base + COMMAND, (uint16_t)(command->index << 8 | flags | command->response));
}

static void read_response(struct sdhci *host)
{
    for (unsigned i = 0; i < 4; i++) {
        host->response[i] = reg_read(host->base + RESPONSE + i * 4);
    }
}

/* Polls for one of these interrupt bits; false at an error or after a second. */
static bool wait_status(struct sdhci *host, uint32_t bits)
{
    const uint64_t end = clock_us() + WAIT_US;

    for (;;) {
        const uint32_t status = reg_read(host->base + STATUS);

        if (status & INT_ERRORS || clock_us() > end) {
            return false;
        }
        if (status & bits) {
            return true;
        }
    }
}

bool sdhci_command(struct sdhci *host, const struct sdhci_command *command)
{
    bool ok = wait_for(host, PRESENT, PRESENT_BUSY, 0);

    reg_write(host->base + SIGNAL_ENABLE, 0);
    issue(host, command, 0);
    ok = ok && wait_status(host, INT_COMMAND);
    if (ok && command->response == RESPONSE_48_BUSY) {
        ok = wait_status(host, INT_TRANSFER);
    }
    if (ok) {
        read_response(host);
    } else {
        reset_lines(host);
    }
    reg_write(host->base + STATUS, UINT32_MAX);
    return ok;
}

void sdhci_list_clear(struct sdhci *host)
{
    host->used = 0;
}

bool sdhci_can_reach(const struct sdhci *host, uint64_t address, uint64_t len)
{
    return address % 4 == 0 && len % 4 == 0 && (host->address64 || address + len <= 1ull << 32);
}

bool sdhci_list_add(struct sdhci *host, uint64_t address, uint32_t len)
{
    while (len) {
        const uint32_t piece = len < SDHCI_PIECE_MAX ? len : SDHCI_PIECE_MAX;
        const uint32_t word = ADMA_TRANSFER | (piece & 0xffff) << 16; /* 0 means 64 KiB */
        uint8_t *at =
            host->descriptors + host->used * (host->address64 ? ADMA64_BYTES : ADMA32_BYTES);

        if (host->used == SDHCI_DESCRIPTORS) {
            return false;
        }
        memcpy(at, &word, sizeof(word));
        memcpy(at + 4, &address, host->address64 ? 8 : 4);
        host->used++;
        address += piece;
        len -= piece;
    }
    return true;
}

bool sdhci_transfer(struct sdhci *host, const struct sdhci_command *command, bool write,
                    uint32_t blocks)
{
    const uint64_t list = (uintptr_t)host->descriptors;
    uint16_t mode = MODE_DMA | MODE_COUNT;

    if (!host->used || !wait_for(host, PRESENT, PRESENT_BUSY, 0)) {
        return false;
    }
    host->descriptors[(host->used - 1) * (host->address64 ? ADMA64_BYTES : ADMA32_BYTES)] |=
        ADMA_END;
    mode |= write ? 0 : MODE_READ;
    mode |= blocks > 1 ? MODE_MULTI | MODE_AUTO_CMD12 : 0;
    reg_write(host->base + ADMA_LOW, (uint32_t)list);
    reg_write(host->base + ADMA_HIGH, (uint32_t)(list >> 32));
    reg_write16(host->base + BLOCK_SIZE, SDHCI_BLOCK);
    reg_write16(host->base + BLOCK_COUNT, (uint16_t)blocks);
    reg_write16(host->base + TRANSFER_MODE, mode);
    cpu_dma_barrier();
    issue(host, command, COMMAND_DATA);
    return true;
}

bool sdhci_begin(struct sdhci *host, const struct sdhci_command *command)
{
    bool ok = wait_for(host, PRESENT, PRESENT_BUSY, 0);

    reg_write(host->base + SIGNAL_ENABLE, 0);
    issue(host, command, 0);
    if (!ok || !wait_status(host, INT_COMMAND)) {
        sdhci_abort(host);
        return false;
    }
    return true;
}

void sdhci_signal(struct sdhci *host)
{
    reg_write(host->base + SIGNAL_ENABLE, INT_TRANSFER | INT_ERRORS);
}

static void end_transfer(struct sdhci *host)
{
    reg_write(host->base + SIGNAL_ENABLE, 0);
    reg_write(host->base + STATUS, UINT32_MAX);
}

void sdhci_interrupt(struct sdhci *host)
{
    const uint32_t status = reg_read(host->base + STATUS);
    void (*done)(struct sdhci * host, bool ok) = host->done;

    if (!(status & (INT_TRANSFER | INT_ERRORS))) {
        return;
    }
    read_response(host);
    end_transfer(host);
    cpu_dma_barrier();
    if (status & INT_ERRORS) {
        reset_lines(host);
    }
    if (done) {
        done(host, !(status & INT_ERRORS));
    }
}

void sdhci_abort(struct sdhci *host)
{
    end_transfer(host);
    reset_lines(host);
}
