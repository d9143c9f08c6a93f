/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Sound: the personas' streams are mixed by the board's clock, and the microphone goes to those
 * that may hear it (vm_config.sound, .microphone). While nothing plays or records, the part rests.
 */
#ifndef AUDIO_H
#define AUDIO_H

#include <stddef.h>

#include "drivers/board.h"
#include "virtio/vsound.h"
#include "vm/vm.h"

/* Before the virtio devices. */
void audio_init(const struct board *board);

/* False: the board has no sound part. */
bool audio_present(void);

/* The VM's sound device; its changes come by audio_update(). */
void audio_attach(struct vm *vm, struct sound_dev *sound);

/* A stream, the state of a VM, or which one is in front has changed. */
void audio_update(void);

/* One line of "name=value" counters into text (NUL-terminated, at most size). */
void audio_stats(char *text, size_t size);

#endif
