/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verbs of the control socket: one function each, in the file of its subject. */
#ifndef CONTROL_VERBS_H
#define CONTROL_VERBS_H

#include "control/session.h"

struct verb {
    const char *name;
    void (*run)(struct request *request); /* answers it, now or later; arguments are checked */
    const struct arg *args;
};

/* NULL: no such verb. */
const struct verb *verbs_find(const char *name);

/* verbs_state.c */
void verb_hello(struct request *request);
void verb_status(struct request *request);
void verb_vms(struct request *request);
/* verbs_wait.c */
void verb_wait_ready(struct request *request);
/* verbs_screen.c */
void verb_switch(struct request *request);
void verb_view(struct request *request);
void verb_shot(struct request *request);
/* verbs_touch.c */
void verb_touch(struct request *request);
void verb_tap(struct request *request);
void verb_swipe(struct request *request);
/* verbs_keys.c */
void verb_key(struct request *request);
void verb_text(struct request *request);
void verb_wheel(struct request *request);
void verb_button(struct request *request);
void verb_power(struct request *request);
/* verbs_console.c */
void verb_console(struct request *request);
void verb_console_input(struct request *request);
/* verbs_machine.c */
void verb_vm(struct request *request);
void verb_pause(struct request *request);
void verb_resume(struct request *request);
void verb_stats(struct request *request);
void verb_quit(struct request *request);
/* verbs_trace.c */
void verb_trace(struct request *request);
/* verbs_events.c */
void verb_subscribe(struct request *request);
void verb_unsubscribe(struct request *request);

#endif
