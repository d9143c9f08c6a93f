/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FRONTENDS_SPEAKER_H
#define FRONTENDS_SPEAKER_H

#include "frontends/frontend.h"

/*
 * What the phone plays is played on this computer; without a sound card it cannot start. `driver`:
 * SDL's name of one (pulseaudio, pipewire, alsa, disk, ...); NULL: the first that works. One at a
 * time.
 */
struct frontend *frontend_speaker_new(const char *driver);

#endif
