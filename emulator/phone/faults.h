/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A VM that does nothing but fault: the hypervisor counts faults, and the guest makes no progress.
 * From samples of the switchboard's counters. Pure.
 */
#ifndef PHONE_FAULTS_H
#define PHONE_FAULTS_H

#include <stdbool.h>
#include <stdint.h>

#define FAULTS_STAGE      "does nothing but fault"
#define FAULTS_PER_SECOND 1000u   /* a guest that probes for devices makes a few */
#define FAULTS_US         8000000 /* of that, without anything else, before it is said */

struct faults_sample {
    int64_t us;       /* when, monotonic */
    uint64_t count;   /* faults since the VM's start */
    uint64_t console; /* bytes that it has written to its console */
    unsigned percent; /* of its boot */
};

struct faults {
    bool stuck; /* the verdict; withdrawn as soon as the VM gets on */
    uint64_t count;
    bool sampled;
    struct faults_sample since; /* the sample from which on it does nothing but fault */
};

/* True: the verdict is another one now. */
bool faults_note(struct faults *faults, const struct faults_sample *sample);

#endif
