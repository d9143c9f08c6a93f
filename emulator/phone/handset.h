/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The description of a handset: `handset.ini`, written by `pack` into the handset's folder
 * (docs/design/contracts.md, section 7). It says what is loaded where, which image is which eMMC
 * and which VMs there are.
 */
#ifndef PHONE_HANDSET_H
#define PHONE_HANDSET_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "phone/boards.h"
#include "phonebooth/kind.h"

#define HANDSET_MAX_VMS  8
#define HANDSET_MAX_EMMC 4
#define HANDSET_UARTS    8

/* The handset's own system: read, never changed, so that any number of phones can share its file.
 */
#define HANDSET_EMMC_SYSTEM 0
#define HANDSET_FILE        "handset.ini"
#define HANDSET_TABLE       "table.bin" /* what pack calls EL2's table */

/* UARTs that belong to no persona (docs/design/contracts.md, section 1); boards may have fewer in
 * all. */
#define HANDSET_UART_EL2         0
#define HANDSET_UART_SWITCHBOARD 1
#define HANDSET_UART_SERVICE     2

struct handset_vm {
    unsigned id;        /* the switchboard's number for it */
    char *name;         /* lower case word, unique */
    char *display_name; /* for people */
    char *colour;       /* "#rrggbb" */
    int uart;           /* board UART of its console; -1: none */
    unsigned data_slot; /* eMMC slot of its data disk; 0: it has none */
    enum pb_kind kind;
    bool autostart;
    unsigned networks; /* of a persona, a bit each: 0 Wi-Fi, 1 cellular data */
    GArray *firewall;  /* of struct netrule, what may leave it; NULL: anything */
};

struct handset_load {
    char *path;
    uint64_t address; /* physical */
};

/* A file whose size pack has written down. */
struct handset_size {
    char *path;
    uint64_t bytes;
};

struct handset {
    char *dir; /* absolute; all paths below are too */
    char *name;
    const struct board *board; /* constant */
    char *kernel;              /* ELF of EL2 */
    char *skin;                /* name of a folder of skins/ */
    unsigned memory_mib;       /* that the board can have */
    unsigned load_count;
    struct handset_load *load;
    unsigned size_count;
    struct handset_size *size;
    char *emmc[HANDSET_MAX_EMMC]; /* image file; NULL: empty slot */
    unsigned vm_count;
    struct handset_vm vm[HANDSET_MAX_VMS]; /* in the order of their ids */
};

/* Reads `dir`/handset.ini. NULL and an error of one line that names the file and what to do. */
struct handset *handset_read(const char *dir, GError **error);

/* The same from text; pure. `dir` is only put before relative file names. */
struct handset *handset_parse(const char *dir, const char *text, gsize length, GError **error);

/*
 * Every file that the handset names exists and can be used: it is readable, has the size that pack
 * gave it, is a disk that an eMMC can have, and the table (phonebooth/table.h) is one of this
 * build's that finds all its VMs' memory. All disks but the system's are writable, unless it is a
 * `trial`. False: `error` says which file is not, and why.
 */
bool handset_check_files(const struct handset *handset, bool trial, GError **error);

/* The last part of that for `table`, what is in `path`; pure. */
bool handset_check_table(const struct handset *handset, const char *path, const void *table,
                         gsize size, GError **error);

/* NULL: no such VM. `name` is a VM's name or its number in decimal. */
const struct handset_vm *handset_find_vm(const struct handset *handset, const char *name);

/* 0: Wi-Fi, 1: cellular data. Only personas have networks. */
bool handset_vm_has_network(const struct handset_vm *vm, unsigned wire);

const char *handset_kind_name(enum pb_kind kind);

void handset_free(struct handset *handset);

#endif
