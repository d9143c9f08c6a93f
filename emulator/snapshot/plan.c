/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "snapshot/plan.h"

#include <gio/gio.h>

static bool read_header(struct plan *plan, const struct store *store, GError **error)
{
    g_autofree char *path = store_path(store, plan->name, STORE_HEADER);

    if (!store_has(store, plan->name)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                    "there is no snapshot '%s' in %s; `booth snapshot list` lists them", plan->name,
                    store->root);
        return false;
    }
    plan->header = header_read(path, error);
    return plan->header != NULL;
}

/* Why the state cannot be taken, free with g_free(); NULL: it can. */
static char *unfit(const struct plan *plan, const struct handset *handset,
                   struct identity *identity)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) images = identity_read(identity, &error);

    return images ? header_mismatch(plan->header, handset, images) : g_strdup(error->message);
}

static void forget(struct plan *plan)
{
    plan_clear(plan);
    *plan = (struct plan){0};
}

/* A snapshot that was asked for. */
static bool plan_asked(struct plan *plan, const struct plan_options *options,
                       const struct store *store, const struct handset *handset,
                       struct identity *identity, GError **error)
{
    if (!read_header(plan, store, error)) {
        return false;
    }
    plan->takes_disks = true;
    if (options->cold || (!plan->header->phone && !options->require)) {
        return true;
    }
    g_autofree char *why = unfit(plan, handset, identity);
    plan->load = !why;
    if (why && options->require) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "snapshot '%s' cannot be loaded: %s",
                    plan->name, why);
        return false;
    }
    if (why) {
        g_printerr("phonebooth: snapshot '%s' cannot be loaded: %s; the phone boots as it was "
                   "left; --snapshot %s --cold boots from the snapshot's disks\n",
                   plan->name, why, plan->name);
        forget(plan);
    }
    return true;
}

/* Where the phone was left. */
static bool plan_resume(struct plan *plan, const struct plan_options *options,
                        const struct store *store, const struct handset *handset,
                        struct identity *identity, GError **error)
{
    g_autoptr(GError) wrong = NULL;
    g_autofree char *why = NULL;

    if (!read_header(plan, store, &wrong)) {
        why = g_strdup(wrong->message);
    } else {
        why = unfit(plan, handset, identity);
    }
    plan->load = !why;
    if (why && options->require) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "the phone cannot go on where it was: %s",
                    why);
        return false;
    }
    if (why) {
        g_printerr("phonebooth: the phone boots instead of going on where it was left: %s\n", why);
        forget(plan);
    }
    return true;
}

bool plan_make(struct plan *plan, const struct plan_options *options, const struct store *store,
               const struct handset *handset, struct identity *identity, struct present *present,
               GError **error)
{
    *plan = (struct plan){0};
    if (!present_read(present, store, error) || !present_check(present, handset, error)) {
        return false;
    }
    if (options->factory) {
        plan->header = g_new0(struct snapshot_header, 1);
        plan->takes_disks = true;
        return true;
    }
    if (options->snapshot) {
        plan->name = g_strdup(options->snapshot);
        return plan_asked(plan, options, store, handset, identity, error);
    }
    if (present->resume && !options->cold) {
        plan->name = g_strdup(present->resume);
        return plan_resume(plan, options, store, handset, identity, error);
    }
    if (options->require) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                            "the phone was not left in a state that it could go on from");
        return false;
    }
    return true;
}

void plan_name_disks(const struct plan *plan, const struct store *store,
                     const struct handset *handset, const struct present *present,
                     struct handset *running)
{
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        const char *layer = plan->takes_disks ? plan->header->layer[i] : present->layer[i];
        if (!handset->emmc[i]) {
            continue;
        }
        g_free(running->emmc[i]);
        running->emmc[i] =
            layer ? g_build_filename(store->disks, layer, NULL) : g_strdup(handset->emmc[i]);
    }
}

/* The disks as they are become a snapshot without a state. */
static bool keep_replaced(const struct store *store, const struct handset *handset,
                          const struct present *present, GError **error)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autoptr(snapshot_header) header = g_new0(struct snapshot_header, 1);
    g_autofree char *dir = store_begin(store, error);
    g_autofree char *path = dir ? g_build_filename(dir, STORE_HEADER, NULL) : NULL;

    header->time = g_date_time_format_iso8601(now);
    header->board = g_strdup(handset->board->name);
    header->memory_mib = handset->memory_mib;
    for (unsigned i = 0; i < HANDSET_MAX_EMMC; i++) {
        header->layer[i] = g_strdup(present->layer[i]);
    }
    if (!dir) {
        return false;
    }
    if (!header_write(header, path, error) || !store_commit(store, dir, PLAN_REPLACED, error)) {
        store_abandon(dir);
        return false;
    }
    return true;
}

bool plan_take_disks(const struct plan *plan, const struct store *store,
                     const struct handset *handset, struct present *present, GError **error)
{
    if (!plan->takes_disks) {
        return true;
    }
    return keep_replaced(store, handset, present, error) &&
           present_advance(present, store, handset, plan->header->layer, error);
}

void plan_clear(struct plan *plan)
{
    g_free(plan->name);
    header_free(plan->header);
}
