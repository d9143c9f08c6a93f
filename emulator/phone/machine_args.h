/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a handset to QEMU's command line. Pure. */
#ifndef PHONE_MACHINE_ARGS_H
#define PHONE_MACHINE_ARGS_H

#include "phone/handset.h"

struct machine_options {
    unsigned host_cpus; /* TCG runs all vCPUs on one thread when there is only 1 */
    bool icount;        /* count instructions; virtual time follows them */
    bool repeatable;    /* with icount: nothing of the host's time is in the machine's */
    uint64_t seed;      /* of its random numbers, with repeatable */
    bool trial;         /* what is written to any disk is thrown away */
    bool gdb;           /* a gdb server at 127.0.0.1:1234 */
    bool wait_gdb;      /* the CPUs wait for it */
    const char *fuses;  /* files of phone/secrets.h; NULL: none */
    const char *store;
    bool waits;         /* for state_load() (machine/state.h) instead of starting */
    char *const *extra; /* NULL-terminated or NULL: given to QEMU as they are, last */
};

/* NULL-terminated, freed with g_strfreev(). Every UART is a chardev "lineN" of machine/line.h. */
char **machine_args_build(const struct handset *handset, const struct machine_options *options);

/*
 * The format of a disk image: "qcow2" if its name ends in .qcow2, else "raw". Never from what is in
 * it: a guest writes all of a raw image, and could make it a qcow2 file over any file of the host.
 */
const char *machine_args_disk_format(const char *path);

#endif
