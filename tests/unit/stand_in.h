/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A stand-in for the phone: it takes one connection and one line, answers and hangs up. */
#ifndef STAND_IN_H
#define STAND_IN_H

#include <gio/gio.h>

struct stand_in {
    char *folder, *path;
    const char *answer; /* sent after one line was read */
    char *request;      /* that line */
    GThread *thread;
    GSocketListener *listener;
};

/* Listens at phone->path; `answer` must stay. */
void stand_in_start(struct stand_in *phone, const char *answer);

void stand_in_finish(struct stand_in *phone);

#endif
