/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* SD host controller, SD Host Controller Simplified Specification 3.00, with ADMA2. */
#ifndef SDHCI_H
#define SDHCI_H

#include <stdbool.h>
#include <stdint.h>

#define SDHCI_BLOCK       512u
#define SDHCI_DESCRIPTORS 256u   /* of one transfer */
#define SDHCI_PIECE_MAX   65536u /* bytes of one descriptor */

enum sdhci_response { RESPONSE_NONE, RESPONSE_136, RESPONSE_48, RESPONSE_48_BUSY };

struct sdhci_command {
    uint8_t index;
    enum sdhci_response response;
    bool check; /* the response has CRC and index (not R2, R3) */
    uint32_t argument;
};

struct sdhci {
    uintptr_t base;
    bool address64;       /* DMA reaches beyond 4 GiB */
    bool bus8;            /* 8 data lines can be wired */
    uint32_t response[4]; /* of the last command; 136 bits without CRC, lowest word first;
                           * [3]: of Auto CMD12 (table 2-12) */
    uint8_t *descriptors; /* ADMA2 table */
    unsigned used;        /* descriptors in it */
    void (*done)(struct sdhci *host, bool ok); /* end of the transfer under way */
    void *owner;
};

/* Resets the controller, powers the slot, 400 kHz. False: no card there, or it does not answer. */
bool sdhci_init(struct sdhci *host, uintptr_t base);

/* After identification: full clock and 1, 4 or 8 data lines. */
void sdhci_set_bus(struct sdhci *host, unsigned lines);

/* A command without data, waits for its end. False: no answer or a damaged one. */
bool sdhci_command(struct sdhci *host, const struct sdhci_command *command);

/* The list of memory for the next transfer. Address and length: multiples of 4, length not 0. */
void sdhci_list_clear(struct sdhci *host);
bool sdhci_list_add(struct sdhci *host, uint64_t address, uint32_t len);

/* Whether the controller can reach this memory by itself. */
bool sdhci_can_reach(const struct sdhci *host, uint64_t address, uint64_t len);

/*
 * Moves `blocks` blocks of 512 bytes from or to the memory listed; more than one block is ended by
 * Auto CMD12. host->done() follows from sdhci_interrupt(), unless this returns false.
 */
bool sdhci_transfer(struct sdhci *host, const struct sdhci_command *command, bool write,
                    uint32_t blocks);

/* A command without data after which the card may be busy for long (R1b): waits for its response
 * only. host->done() follows from sdhci_interrupt(), unless this returns false. */
bool sdhci_begin(struct sdhci *host, const struct sdhci_command *command);

/* The end of the transfer under way makes an interrupt, also if it has ended already. Without this
 * call it makes none. */
void sdhci_signal(struct sdhci *host);

/* To be called at the controller's interrupt, or to poll. */
void sdhci_interrupt(struct sdhci *host);

/* Gives the transfer under way up: no DMA and no done() after this. */
void sdhci_abort(struct sdhci *host);

#endif
