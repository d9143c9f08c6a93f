/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/faults.h"

/* Between the two samples the VM did nothing that can be seen, and faulted all the time. */
static bool only_faults(const struct faults_sample *from, const struct faults_sample *to)
{
    uint64_t seconds = (uint64_t)(to->us - from->us) / 1000000;

    return to->console == from->console && to->percent == from->percent &&
           to->count >= from->count && to->count - from->count >= FAULTS_PER_SECOND * seconds &&
           to->count > from->count;
}

bool faults_note(struct faults *faults, const struct faults_sample *sample)
{
    bool before = faults->stuck;

    faults->count = sample->count;
    if (!faults->sampled || !only_faults(&faults->since, sample)) {
        faults->sampled = true;
        faults->since = *sample;
        faults->stuck = false;
    } else if (sample->us - faults->since.us >= FAULTS_US) {
        faults->stuck = true;
    }
    return faults->stuck != before;
}
