/* SPDX-License-Identifier: GPL-2.0-or-later */
/* net, net-link, net-airplane, net-profile, net-dns, net-proxy, net-rule: for one network, or for
 * several */
#include <gio/gio.h>
#include <string.h>

#include "control/network_work.h"
#include "control/verbs.h"

#define LINK_S 10

static void set_text(JsonObject *object, const char *name, const char *text)
{
    if (text) {
        json_object_set_string_member(object, name, text);
    } else {
        json_object_set_null_member(object, name);
    }
}

static JsonObject *describe(const struct network *network, const struct network_counts *counts)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "vm", network->vm);
    json_object_set_string_member(object, "interface", network_names[network->wire]);
    json_object_set_boolean_member(object, "up", network_is_up(network));
    json_object_set_boolean_member(object, "airplane", network->airplane);
    json_object_set_string_member(object, "profile", network->profile->name);
    json_object_set_int_member(object, "frames_in", (gint64)counts->frames_in);
    json_object_set_int_member(object, "bytes_in", (gint64)counts->bytes_in);
    json_object_set_int_member(object, "frames_out", (gint64)counts->frames_out);
    json_object_set_int_member(object, "bytes_out", (gint64)counts->bytes_out);
    json_object_set_int_member(object, "lost", (gint64)counts->lost);
    json_object_set_int_member(object, "blocked", (gint64)counts->blocked);
    set_text(object, "capture", network->capture);
    set_text(object, "dns", network->dns);
    set_text(object, "proxy", network->proxy);
    json_object_set_array_member(object, "forwards", network_describe_forwards(network));
    json_object_set_array_member(object, "rules", network_describe_rules(network));
    return object;
}

static gboolean answer_counts(gpointer data)
{
    struct network_work *work = data;
    JsonObject *body = json_object_new();
    JsonArray *array = json_array_new();
    unsigned i = 0;

    for (struct network *n = network_next(work->request, NULL); n;
         n = network_next(work->request, n)) {
        json_array_add_object_element(array, describe(n, &work->counts[i++]));
    }
    json_object_set_array_member(body, "networks", array);
    request_ok(work->request, body);
    network_work_end(work);
    return G_SOURCE_REMOVE;
}

/* Machine's thread: which networks there are does not change. */
static void on_counts(void *opaque, const struct network_counts *counts)
{
    struct network_work *work = opaque;

    work->counts[work->done] = *counts;
    if (network_work_next(work)) {
        network_count(work->network->line, on_counts, work);
    } else {
        phone_invoke(work->phone, answer_counts, work);
    }
}

void verb_net(struct request *request)
{
    struct network *network = network_first(request);

    if (network) {
        network_count(network->line, on_counts, network_work_begin(request, network, NULL));
    }
}

/* ---- Up and down ---------------------------------------------------------------------------- */

/* What the request makes of a network: `up` or `down`, or of airplane mode, `on` or `off`. */
static void set_link(struct network *network, const struct request *request)
{
    const char *state = args_string(request->args, "state", "");

    if (state[0] == 'o') {
        network->airplane = strcmp(state, "on") == 0;
    } else {
        network->up = strcmp(state, "up") == 0;
    }
}

static void link_one(struct network_work *work);

static void on_linked(void *opaque, const struct service_line *line, const GError *error)
{
    struct network_work *work = opaque;

    if (request_refused(work->request, line, error)) {
        network_work_end(work);
        return;
    }
    set_link(work->network, work->request);
    network_apply(work->network);
    if (network_work_next(work)) {
        link_one(work);
    } else {
        request_ok(work->request, NULL);
        network_work_end(work);
    }
}

static void link_one(struct network_work *work)
{
    struct network after = *work->network;
    g_autofree char *text = NULL;

    set_link(&after, work->request);
    text = g_strdup_printf("net %s %s %s", after.vm, network_names[after.wire],
                           network_is_up(&after) ? "up" : "down");
    service_request(work->phone->service, text, LINK_S, on_linked, work);
}

void verb_net_link(struct request *request)
{
    struct network *network = network_first(request);

    if (network) {
        link_one(network_work_begin(request, network, NULL));
    }
}

void verb_net_airplane(struct request *request)
{
    verb_net_link(request);
}

/* ---- What it is like ------------------------------------------------------------------------ */

void verb_net_profile(struct request *request)
{
    struct network *network = network_first(request);

    if (!network) {
        return;
    }
    for (; network; network = network_next(request, network)) {
        network->profile = network_profile(args_string(request->args, "profile", NULL));
        network_apply(network);
    }
    request_ok(request, NULL);
}

void verb_net_dns(struct request *request)
{
    const char *server = args_string(request->args, "server", NULL);
    struct network *network = network_first(request);

    if (!network) {
        return;
    }
    for (; network; network = network_next(request, network)) {
        if (!network_set_dns(network, server)) {
            request_fail(request, "bad-request",
                         "server: '%s' is no IPv4 address of a name server, with or without :PORT; "
                         "this computer is 127.0.0.1",
                         server);
            return;
        }
    }
    request_ok(request, NULL);
}

void verb_net_proxy(struct request *request)
{
    const char *proxy = args_string(request->args, "proxy", NULL);
    struct network *network = network_first(request);

    if (!network || !request_has_machine(request)) {
        return;
    }
    for (; network; network = network_next(request, network)) {
        g_autoptr(GError) error = NULL;

        if (!network_set_proxy(network, proxy, &error)) {
            request_fail(request, "bad-request", "proxy: %s", error->message);
            return;
        }
    }
    request_ok(request, NULL);
}

/* ---- What may leave it ---------------------------------------------------------------------- */

/* False: the request is answered. */
static bool read_rule(struct request *request, struct netrule *rule, bool *all)
{
    const char *action = args_string(request->args, "action", "");
    const char *text = args_string(request->args, "rule", NULL);
    const bool clear = strcmp(action, "clear") == 0;
    g_autofree char *whole = g_strdup_printf("%s %s", clear ? "block" : action, text ? text : "");
    g_autoptr(GError) error = NULL;

    *all = clear && !text;
    if (*all || netrule_parse(whole, rule, &error)) {
        return true;
    }
    request_fail(request, "bad-request", "rule: %s", error->message);
    return false;
}

/* All of them or none: a rule that stands for one network only would be overlooked. */
static bool has_room(struct request *request)
{
    for (struct network *n = network_next(request, NULL); n; n = network_next(request, n)) {
        if (n->rules->len >= NETRULE_MAX) {
            request_fail(request, "bad-state", "%s (%s) has %d rules already; clear some", n->vm,
                         network_names[n->wire], NETRULE_MAX);
            return false;
        }
    }
    return true;
}

/* False: there is no such rule. */
static bool clear_rules(struct request *request, const struct netrule *rule, bool all)
{
    bool any = all;

    for (struct network *n = network_next(request, NULL); n; n = network_next(request, n)) {
        if (all) {
            g_array_set_size(n->rules, 0);
        } else {
            any |= netrule_remove(n->rules, rule);
        }
        network_apply_rules(n);
    }
    return any;
}

static void add_rule(struct request *request, const struct netrule *rule)
{
    for (struct network *n = network_next(request, NULL); n; n = network_next(request, n)) {
        netrule_add(n->rules, rule);
        network_apply_rules(n);
    }
}

void verb_net_rule(struct request *request)
{
    const bool clear = strcmp(args_string(request->args, "action", ""), "clear") == 0;
    struct netrule rule;
    bool all;

    if (!network_first(request) || !read_rule(request, &rule, &all) ||
        (!clear && !has_room(request))) {
        return;
    }
    if (clear && !clear_rules(request, &rule, all)) {
        request_fail(request, "bad-state", "there is no rule for that");
        return;
    }
    if (!clear) {
        add_rule(request, &rule);
    }
    request_ok(request, NULL);
}
