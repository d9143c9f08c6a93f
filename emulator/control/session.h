/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the control server: what a connection has subscribed to, a request on its way, and the
 * calls by which verbs answer it. All on the phone's thread.
 */
#ifndef CONTROL_SESSION_H
#define CONTROL_SESSION_H

#include "control/client.h"
#include "control/schema.h"
#include "control/server.h"

#define SESSION_WAITING_MAX 64 /* requests of one client that may wait */
#define SESSION_LOGS        (HANDSET_MAX_VMS + 1)

struct session {
    struct server *server;
    struct client *client;
    struct input_source *source; /* what this client holds down; let go when it goes */
    unsigned waiting;            /* requests not answered yet */
    unsigned events;             /* bit enum phone_change */
    struct follow {
        const struct vmlog *log; /* NULL: free */
        const char *name;
        uint64_t next; /* first byte not sent yet */
    } follow[SESSION_LOGS];
};

/* A request until it is answered. Freed by whichever answering call comes, or request_drop(). */
struct request {
    struct session *session; /* NULL: the client has gone */
    struct server *server;
    struct client *client;
    JsonNode *id;
    JsonObject *args;
    /* The client has gone: end what only it waited for, and request_drop(). NULL: let it go on. */
    void (*cancel)(struct request *request);
    void *working; /* for cancel() */
};

struct server {
    struct server_config config;
    GSocketService *service;
    GPtrArray *sessions;       /* of struct session * */
    GPtrArray *requests;       /* of struct request *, not answered yet */
    GPtrArray *waiters;        /* wait-ready, see verbs_wait.c */
    struct tracer *tracer;     /* verbs_trace.c; NULL: none */
    struct input_source *kept; /* what clients hold down beyond their connection ("keep") */
};

/* {"ok":true} with the members of `body`, which is taken over; NULL: none. */
void request_ok(struct request *request, JsonObject *body);

/* An error of docs/control-api.md, section 5. */
void request_fail(struct request *request, const char *code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* The same with further members, which are taken over. */
void request_fail_with(struct request *request, JsonObject *body, const char *code,
                       const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Frees it without an answer. */
void request_drop(struct request *request);

/* The VM that the member `vm` names; NULL: there is none and the request is answered so. */
struct phone_vm *request_vm(struct request *request);

/* False: the machine has stopped, so that what is asked of it has no end, and the request is
 * answered so. */
bool request_has_machine(struct request *request);

/* False: what the verb needs does not run now, and the request is answered so. */
bool request_possible(struct request *request, enum need need);

/*
 * False: vm (NULL: none) does not run, and the request is answered so; `where` it is, in words. One
 * that sleeps or has panicked can still be sent something: the switchboard decides.
 */
bool request_reaches(struct request *request, const struct phone_vm *vm, const char *where);

/* Asks the switchboard. `reply` gets the request as opaque, and must answer it. */
void request_service(struct request *request, unsigned timeout_s, service_reply_fn *reply,
                     const char *format, ...) G_GNUC_PRINTF(4, 5);

/*
 * The error of docs/control-api.md that an answer of the switchboard stands for, *why in words,
 * which live as long as `line` and `error`; NULL: it is ok.
 */
const char *request_refusal(const struct service_line *line, const GError *error, const char **why);

/* An error or refusal of the switchboard: answers the request and returns true. */
bool request_refused(struct request *request, const struct service_line *line, const GError *error);

/* True: a snapshot was not saved, deleted, exported or imported, and the client knows. */
bool request_not_saved(struct request *request, const GError *error);

/*
 * What the request's client holds down; with "keep" in the request, what stays down when the client
 * goes. NULL: the client has gone.
 */
struct input_source *request_source(struct request *request);

/* False: it could not be pressed, moved or let go, and the request is answered so. */
bool request_accepted(struct request *request, enum input_result result, const char *what);

/* Calls `fn` after so many ms, on the phone's thread. */
void server_after(struct server *server, unsigned ms, GSourceFunc fn, gpointer data);

/* A member that is a text, or null where `text` is NULL. */
void describe_text(JsonObject *object, const char *name, const char *text);

/* A VM as in the verb `vms`. */
JsonObject *describe_vm(struct phone_vm *vm);
JsonArray *describe_vms(struct phone *phone);

/* Events: called at each change of the phone. */
void session_tell(struct session *session, enum phone_change change, struct phone_vm *vm);
/* An event with these members, if the client wants to hear of such. */
void session_send_event(struct session *session, enum phone_change change, JsonObject *members);
/* The request is about to be done: other clients that want to know are told. */
void session_tell_request(struct request *request);
void session_send_console(struct session *session, const struct vmlog *log);

/* A trace that nobody has ended. NULL: nothing happens. */
void tracer_free(struct tracer *tracer);

/* Answers those who wait for home screens, when it is time. */
void waiters_check(struct server *server);

#endif
