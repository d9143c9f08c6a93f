/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "slimpro.h"

#include <string.h>

#define DB_DIN0     0x04u
#define DB_OUT      0x10u
#define DB_DOUT0    0x14u
#define DB_DOUT1    0x18u
#define DB_STAT     0x20u
#define DB_STATMASK 0x24u

#define STAT_ACK   (1u << 0)  /* the message was taken, */
#define STAT_AVAIL (1u << 16) /* and there is an answer */
#define STAT_ALL   (STAT_ACK | STAT_AVAIL)

/* A message's first word */
#define KIND         (0xffu << 24)
#define KIND_I2C     (0x04u << 24)
#define ADDRESS(w)   ((w) >> 13 & 0x3ffu)
#define WRITES       (1u << 12)
#define COMMANDS(w)  ((w) >> 8 & 0x7u) /* bytes of the command: 0 or 1 */
#define LENGTH(w)    ((w)&0xffu)
#define ADDRESS_BITS 0x7fu

/* Its second: the command, and where a block is */
#define IN_MEMORY   (1u << 31)
#define COUNTED     (1u << 30) /* the device says how many bytes come */
#define UPPER(w)    ((uint64_t)((w) >> 20 & 0x3ffu) << 32)
#define COMMAND(w)  ((w)&0xffu)
#define INLINE      4u /* bytes in the third word */
#define REPLY_FAILS UINT32_MAX

struct transfer {
    uint8_t address;
    bool writes, counted;
    uint8_t commands, command;
    uint8_t length;
    uint8_t data[SLIMPRO_BLOCK];
};

static bool send(const struct slimpro *mailbox, const uint8_t *data, unsigned length)
{
    for (unsigned i = 0; i < length; i++) {
        if (!mailbox->ops->write(mailbox->owner, data[i])) {
            return false;
        }
    }
    return true;
}

static void receive(const struct slimpro *mailbox, struct transfer *transfer)
{
    unsigned length = transfer->length;

    for (unsigned i = 0; i < length; i++) {
        transfer->data[i] = mailbox->ops->read(mailbox->owner);
        if (i == 0 && transfer->counted && transfer->data[0] < length - 1) {
            length = transfer->data[0] + 1u;
        }
    }
}

static bool exchange(const struct slimpro *mailbox, struct transfer *transfer)
{
    const struct i2c_bus_ops *ops = mailbox->ops;

    if (transfer->writes || transfer->commands) {
        if (!ops->start(mailbox->owner, transfer->address, false) ||
            !send(mailbox, &transfer->command, transfer->commands)) {
            return false;
        }
    }
    if (transfer->writes) {
        return send(mailbox, transfer->data, transfer->length);
    }
    if (!ops->start(mailbox->owner, transfer->address, true)) {
        return false;
    }
    receive(mailbox, transfer);
    return true;
}

/* Where the transfer's bytes are: in guest memory, or in the message; NULL: nowhere. */
static void *place(const struct slimpro *mailbox, uint32_t *word, unsigned length)
{
    const uint32_t *out = mailbox->out;

    if (out[0] & IN_MEMORY) {
        return length <= SLIMPRO_BLOCK
                   ? mailbox->map(mailbox->owner, UPPER(out[0]) | out[1], length)
                   : NULL;
    }
    return length <= INLINE ? word : NULL;
}

static uint32_t carry_out(const struct slimpro *mailbox, uint32_t message)
{
    struct transfer transfer = {
        .address = (uint8_t)ADDRESS(message),
        .writes = message & WRITES,
        .counted = mailbox->out[0] & COUNTED && mailbox->out[0] & IN_MEMORY,
        .commands = (uint8_t)COMMANDS(message),
        .command = (uint8_t)COMMAND(mailbox->out[0]),
        .length = (uint8_t)LENGTH(message),
    };
    uint32_t word = transfer.writes ? mailbox->out[1] : 0;
    void *bytes = place(mailbox, &word, transfer.length);

    if ((message & KIND) != KIND_I2C || ADDRESS(message) > ADDRESS_BITS || transfer.commands > 1 ||
        !bytes) {
        return REPLY_FAILS;
    }
    if (transfer.writes) {
        memcpy(transfer.data, bytes, transfer.length);
    }
    const bool done = exchange(mailbox, &transfer);

    mailbox->ops->stop(mailbox->owner);
    if (done && !transfer.writes) {
        memcpy(bytes, transfer.data, transfer.length);
    }
    return !done ? REPLY_FAILS : transfer.writes || bytes != &word ? 0 : word;
}

void slimpro_show(const struct slimpro *mailbox)
{
    volatile uint32_t *regs = mailbox->regs;

    for (unsigned i = 0; i < SLIMPRO_WORDS; i++) {
        regs[i] = 0;
    }
    regs[DB_DIN0 / 4] = mailbox->reply;
    regs[DB_DOUT0 / 4] = mailbox->out[0];
    regs[DB_DOUT1 / 4] = mailbox->out[1];
    regs[DB_STAT / 4] = mailbox->status;
    regs[DB_STATMASK / 4] = ~mailbox->enabled & STAT_ALL;
}

void slimpro_write(struct slimpro *mailbox, uint32_t offset, uint32_t value)
{
    switch (offset) {
    case DB_DOUT0:
    case DB_DOUT1:
        mailbox->out[(offset - DB_DOUT0) / 4] = value;
        break;
    case DB_OUT:
        mailbox->reply = carry_out(mailbox, value);
        mailbox->status = STAT_ALL;
        break;
    case DB_STAT:
        mailbox->status &= ~value;
        break;
    case DB_STATMASK:
        mailbox->enabled = ~value & STAT_ALL;
        break;
    default: /* DB_IN, DB_DIN0, DB_DIN1 are read only */
        break;
    }
    slimpro_show(mailbox);
}

bool slimpro_line(const struct slimpro *mailbox)
{
    return mailbox->status & mailbox->enabled;
}

void slimpro_reset(struct slimpro *mailbox)
{
    mailbox->out[0] = mailbox->out[1] = 0;
    mailbox->reply = mailbox->status = mailbox->enabled = 0;
    slimpro_show(mailbox);
}
