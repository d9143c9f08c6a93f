/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the host cannot do for the board's eMMC cards, for the emulator. */
#ifndef HW_PHONEBOOTH_EMMC_H
#define HW_PHONEBOOTH_EMMC_H

typedef enum EmmcOperation { EMMC_READ, EMMC_WRITE, EMMC_FLUSH } EmmcOperation;

typedef struct EmmcTrouble {
    unsigned slot;
    EmmcOperation operation;
    int error;  /* an errno; 0: it works again, what waited has been written */
    bool waits; /* no room: the machine stops, and tries again when it goes on */
} EmmcTrouble;

/* From any of QEMU's threads, with its lock held: be quick, block on nothing. */
typedef void emmc_listener(void *opaque, const EmmcTrouble *trouble);

/* One listener; before the machine is made. */
void emmc_listen(emmc_listener *fn, void *opaque);

#endif
