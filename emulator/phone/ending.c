/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "phone/ending.h"

#include "machine/machine.h"
#include "phone/clock.h"
#include "phone/phone_events.h"

#define GRACE_S 2 /* for the switchboard's answer after its own limit */

struct ending {
    unsigned limit_s; /* for those who close the phone or send a signal */
    bool begun, over;
    ending_keep_fn *keep; /* NULL: personas shut down */
    void *keep_opaque;
    bool keeping;
    unsigned waiting; /* personas that have not answered */
    GSource *limit;   /* NULL: not waiting */
    GPtrArray *done;  /* of struct waiter: what is called at the end */
    GPtrArray *cut;   /* of struct phone_vm *: asked in vain */
};

struct asked {
    struct phone *phone;
    struct phone_vm *vm;
};

struct waiter {
    ending_done_fn *fn;
    void *opaque;
};

/* Says who has not answered yet. */
static void tell(struct phone *phone)
{
    GString *text = g_string_new("shutting down");

    for (unsigned i = 0, named = 0; i < phone->vm_count; i++) {
        if (phone->vm[i].asked) {
            g_string_append_printf(text, "%s %s", named++ ? "," : "",
                                   phone->vm[i].desc->display_name);
        }
    }
    g_free(phone->closing);
    phone->closing = g_string_free(text, FALSE);
    phone_notify(phone, PHONE_PROGRESS, NULL);
}

static void stop_waiting(struct ending *ending)
{
    if (ending->limit) {
        g_source_destroy(ending->limit);
        g_source_unref(ending->limit);
        ending->limit = NULL;
    }
}

static void finish(struct phone *phone)
{
    struct ending *ending = phone->ending;

    stop_waiting(ending);
    if (ending->over) {
        return;
    }
    ending->over = true;
    for (unsigned i = 0; i < phone->vm_count; i++) {
        if (phone->vm[i].asked) {
            g_printerr("phonebooth: %s has not shut down in time: switched off\n",
                       phone->vm[i].desc->name);
            g_ptr_array_add(ending->cut, &phone->vm[i]);
        }
    }
    for (guint i = 0; i < ending->done->len; i++) {
        const struct waiter *waiter = g_ptr_array_index(ending->done, i);
        waiter->fn(waiter->opaque);
    }
    machine_quit();
}

static gboolean limit_passed(gpointer data)
{
    finish(data);
    return G_SOURCE_REMOVE;
}

static void wait_for(struct phone *phone, unsigned limit_s)
{
    struct ending *ending = phone->ending;

    stop_waiting(ending);
    ending->limit = clock_timeout_new(limit_s * 1000, CLOCK_DRIVES);
    g_source_set_callback(ending->limit, limit_passed, phone, NULL);
    g_source_attach(ending->limit, phone->context);
}

static void on_answer(void *opaque, const struct service_line *line, const GError *error)
{
    g_autofree struct asked *asked = opaque;
    struct phone *phone = asked->phone;

    if (!phone->ending || phone->ending->over) {
        return;
    }
    asked->vm->asked = false;
    if (!line || line->kind != SERVICE_OK) {
        g_printerr("phonebooth: %s is switched off: %s\n", asked->vm->desc->name,
                   line ? line->text : error->message);
        g_ptr_array_add(phone->ending->cut, asked->vm);
    }
    if (--phone->ending->waiting == 0) {
        finish(phone);
    } else {
        tell(phone);
    }
}

const GPtrArray *ending_cut(const struct phone *phone)
{
    return phone->ending->cut;
}

bool ending_can_ask(const struct phone_vm *vm)
{
    return vm->desc->kind == PB_KIND_PERSONA &&
           (vm->state == VM_STARTING || vm->state == VM_RUNNING || vm->state == VM_PAUSED ||
            vm->state == VM_SUSPENDED);
}

static void ask(struct phone_vm *vm, unsigned limit_s)
{
    g_autofree char *text = g_strdup_printf("shutdown %s %u", vm->desc->name, limit_s);
    struct asked *asked = g_new(struct asked, 1);

    *asked = (struct asked){vm->phone, vm};
    vm->asked = true;
    vm->phone->ending->waiting++;
    service_request(vm->phone->service, text, limit_s + GRACE_S, on_answer, asked);
}

/* False: there is nobody to ask, or no way to. */
static bool ask_all(struct phone *phone, unsigned limit_s)
{
    if (limit_s == 0 || !phone->service_up || phone->el2_fault || trouble_waits(&phone->trouble)) {
        return false;
    }
    if (phone->machine == MACHINE_PAUSED) {
        machine_pause(false);
    }
    for (unsigned i = 0; i < phone->vm_count; i++) {
        if (ending_can_ask(&phone->vm[i])) {
            ask(&phone->vm[i], limit_s);
        }
    }
    return phone->ending->waiting > 0;
}

static void add_waiter(struct ending *ending, ending_done_fn *done, void *opaque)
{
    struct waiter *waiter = g_new(struct waiter, 1);

    *waiter = (struct waiter){done, opaque};
    g_ptr_array_add(ending->done, waiter);
}

void ending_begin(struct phone *phone, unsigned limit_s, ending_done_fn *done, void *opaque)
{
    struct ending *ending = phone->ending;

    if (ending->over) {
        if (done) {
            done(opaque);
        }
        return;
    }
    if (done) {
        add_waiter(ending, done, opaque);
    }
    if (!ending->begun) {
        ending->begun = true;
        if (!ask_all(phone, limit_s)) {
            finish(phone);
            return;
        }
        tell(phone);
        g_printerr("phonebooth: %s, at most %u s; once more ends it at once\n", phone->closing,
                   limit_s);
    }
    if (limit_s == 0) {
        finish(phone);
    } else {
        wait_for(phone, limit_s);
    }
}

/* What the title says meanwhile; NULL: what it says otherwise. */
static void set_closing(struct phone *phone, const char *text)
{
    g_free(phone->closing);
    phone->closing = g_strdup(text);
    phone_notify(phone, PHONE_PROGRESS, NULL);
}

static void on_kept(void *opaque, const GError *error)
{
    struct phone *phone = opaque;

    if (!phone->ending) {
        return;
    }
    set_closing(phone, NULL);
    if (error && !phone->ending->begun) {
        g_printerr("phonebooth: where the phone is cannot be kept: %s\n", error->message);
    }
    ending_begin(phone, error ? phone->ending->limit_s : 0, NULL, NULL);
}

void ending_keep(struct ending *ending, ending_keep_fn *keep, void *opaque)
{
    ending->keep = keep;
    ending->keep_opaque = opaque;
}

void ending_insist(struct phone *phone)
{
    struct ending *ending = phone->ending;

    if (ending->keep && !ending->begun && !ending->keeping) {
        ending->keeping = true;
        set_closing(phone, "saving where the phone is");
        g_printerr("phonebooth: %s; once more ends it at once\n", phone->closing);
        ending->keep(ending->keep_opaque, on_kept, phone);
    } else {
        ending_begin(phone, ending->begun || ending->keeping ? 0 : ending->limit_s, NULL, NULL);
    }
}

/* Nobody can shut down on a machine that stands still. */
static void on_change(void *opaque, enum phone_change change, struct phone_vm *vm G_GNUC_UNUSED,
                      const struct vmlog *log G_GNUC_UNUSED)
{
    struct phone *phone = opaque;

    if (change == PHONE_MACHINE && phone->ending->begun &&
        (phone->machine == MACHINE_PAUSED || phone->machine == MACHINE_STOPPED)) {
        finish(phone);
    }
}

struct ending *ending_new(struct phone *phone, unsigned limit_s)
{
    struct ending *ending = g_new0(struct ending, 1);

    ending->limit_s = limit_s;
    ending->done = g_ptr_array_new_with_free_func(g_free);
    ending->cut = g_ptr_array_new();
    phone_observe(phone, on_change, phone);
    return ending;
}

void ending_free(struct ending *ending)
{
    if (ending) {
        stop_waiting(ending);
        g_ptr_array_unref(ending->done);
        g_ptr_array_unref(ending->cut);
        g_free(ending);
    }
}
