/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known of the running phone: its VMs, their consoles and boot progress, what the screen
 * shows. Fed by the UARTs and the service port. It lives on a thread of its own, the phone's
 * thread, with a GLib main context; every function here is for that thread but phone_invoke().
 */
#ifndef PHONE_PHONE_H
#define PHONE_PHONE_H

#include "phone/faults.h"
#include "phone/handset.h"
#include "phone/network.h"
#include "phone/progress.h"
#include "phone/service.h"
#include "phone/trouble.h"
#include "phone/summary.h"
#include "phone/vmlog.h"

enum vm_state {
    VM_UNKNOWN, /* the switchboard has not said yet */
    VM_OFF,
    VM_STARTING,
    VM_RUNNING,
    VM_PAUSED,
    VM_SUSPENDED,
    VM_STOPPED,
    VM_FAILED,
};

enum machine_state { MACHINE_STARTING, MACHINE_RUNNING, MACHINE_PAUSED, MACHINE_STOPPED };

/* What a persona has set, as the switchboard last said. */
struct phone_light {
    bool red, green, blue, torch, vibrator;
    unsigned backlight; /* 0 to 255 */
};

struct phone_vm {
    struct phone *phone;
    const struct handset_vm *desc;
    struct vmlog *log;                      /* NULL: it has no console */
    struct network *network[NETWORK_WIRES]; /* NULL: it has none */
    struct progress progress;
    struct faults faults;
    enum vm_state state;
    char *reason;    /* why it is VM_STOPPED or VM_FAILED; else NULL */
    char *share;     /* "all", "none"; NULL: unknown */
    gint64 start_us; /* monotonic: emulator's or the VM's last start */
    bool started;    /* at least once */
    bool asked;      /* to shut down, and has not answered */
    bool gave_up; /* VM_FAILED by what the guest said (progress.failure), not by the switchboard */
    GSource
        *silence; /* until progress_silence() may be asked; NULL: its console is not waited for */
    struct phone_light light;
    double ready_s; /* from start_us to its home screen; -1: not up */
};

struct ending;

struct phone {
    GMainContext *context;
    const struct handset *handset;
    const char *name; /* of the instance */
    char *log_dir;
    gint64 start_us; /* monotonic */
    enum machine_state machine;
    bool service_up;                /* the switchboard answers */
    unsigned restarts;              /* that it has made after faults */
    const struct handset_vm *front; /* NULL: none yet */
    bool side;                      /* side-by-side view */
    bool display_on;
    enum attitude attitude; /* which way up it is held */
    double ready_s;         /* -1: not all home screens are up */
    unsigned vm_count;
    struct phone_vm vm[HANDSET_MAX_VMS];
    struct vmlog *el2_log;
    char *el2_fault;        /* the line by which EL2 said that it gave up; NULL */
    struct trouble trouble; /* with the host's files */
    struct ending *ending;  /* phone/ending.h */
    char *closing;          /* "shutting down Personal, Work"; NULL: no end has begun */
    struct service *service;
    GSource *poll;        /* phone/poll.h */
    GHashTable *counters; /* VM's name to GHashTable of char * to char *: what `stats` said last */
    GPtrArray *observers;
    struct summary_feed summary; /* for front ends, from any thread */
};

enum phone_change {
    PHONE_VM, /* state, stage or readiness of `vm` */
    PHONE_FRONT,
    PHONE_VIEW,
    PHONE_DISPLAY,
    PHONE_ATTITUDE,
    PHONE_PROGRESS,
    PHONE_READY,
    PHONE_MACHINE, /* machine's state, trouble with its disks */
    PHONE_LIGHT,   /* LED, torch, vibrator or backlight of `vm` */
    PHONE_BATTERY, /* of the board: told by the control room itself, */
    PHONE_SENSOR,  /* and so are these */
    PHONE_CAMERA,
    PHONE_INPUT,   /* fingers, keys */
    PHONE_REQUEST, /* what clients ask for */
    PHONE_CONSOLE, /* `log` got more */
};

/* `vm` for PHONE_VM and PHONE_LIGHT, else NULL; `log` for PHONE_CONSOLE, else NULL. */
typedef void phone_observer_fn(void *opaque, enum phone_change change, struct phone_vm *vm,
                               const struct vmlog *log);

/* Something changed: front ends and observers are told; of PHONE_VM, `vm`. */
void phone_notify(struct phone *phone, enum phone_change change, struct phone_vm *vm);
void phone_notify_console(struct phone *phone, const struct vmlog *log);

/* The progress of `vm` changed: tells everyone, and that it or the phone is ready. */
void phone_progressed(struct phone_vm *vm);

void phone_observe(struct phone *phone, phone_observer_fn *observer, void *opaque);

/* Runs `fn` on the phone's thread; from any thread. */
void phone_invoke(struct phone *phone, GSourceFunc fn, gpointer data);

/* The machine went on, was paused or has ended. */
void phone_set_machine(struct phone *phone, enum machine_state state);

/* NULL: no such VM. Name or number. */
struct phone_vm *phone_find_vm(struct phone *phone, const char *name);

/* Its boot counts for "the phone is ready": a persona that starts by itself. */
bool phone_vm_counts(const struct phone_vm *vm);

/* Its home screen is up. */
bool phone_vm_ready(const struct phone_vm *vm);

/* Where its boot is, in words, or what it is when it does not run. */
const char *phone_vm_stage(const struct phone_vm *vm);

/*
 * It cannot become ready without somebody doing something: stopped, failed, faulting
 * without end, or EL2 gave up. Returns
 * the reason in words, free with g_free(); NULL: it still may.
 */
char *phone_vm_hopeless(const struct phone_vm *vm);

/* What the switchboard's answer to a request said before its event does. */
void phone_set_front(struct phone *phone, struct phone_vm *vm);
void phone_set_view(struct phone *phone, bool side);
void phone_set_display(struct phone *phone, bool on);

/* 0..100 over all personas that count. */
unsigned phone_progress(const struct phone *phone);

/* What is going on, in words; free with g_free(). */
char *phone_headline(const struct phone *phone);

double phone_uptime_s(const struct phone *phone);
const char *phone_state_name(enum vm_state state);
enum vm_state phone_state_of(const char *name); /* VM_UNKNOWN: none of that name, or NULL */
const char *phone_machine_name(enum machine_state state);

#endif
