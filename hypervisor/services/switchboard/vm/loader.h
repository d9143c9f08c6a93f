/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* Brings a boot bundle from its partition into the RAM of a VM that is OFF. */
#ifndef LOADER_H
#define LOADER_H

#include "bundle.h"
#include "vm.h"
#include "el1/blk.h"

struct loader {
    struct vm *vm;
    struct blk_dev *dev; /* the bundle's partition; NULL: there is none */
    uint8_t *header;     /* BUNDLE_HEADER_MAX bytes */
    struct bundle bundle;
    struct bundle_space space;
    uint32_t header_size; /* 0: not known yet */
    unsigned next_image;
    struct blk_req req;
    struct blk_seg seg;
    void (*done)(struct loader *loader, const char *wrong);
};

/* Once at start: finds the partition and takes memory. done must stay. */
void loader_init(struct loader *loader, struct vm *vm,
                 void (*done)(struct loader *loader, const char *wrong));

/* Begins; done(NULL) when bundle is in place, or what is wrong. Not while it is under way. */
void loader_start(struct loader *loader);

/* Forgets it; done() is not called. */
void loader_cancel(struct loader *loader);

#endif
