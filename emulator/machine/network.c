/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "qemu/osdep.h"
#include "hw/phonebooth/uplink.h"
#include "qapi/error.h"
#include "qapi/qapi-commands-misc.h"
#include "qom/object.h"
#include "qom/object_interfaces.h"
#include "machine/call.h"
#include "machine/network.h"

QEMU_BUILD_BUG_ON(NETWORK_LINE(1, 0) != UPLINK_LINE(1, 0));
QEMU_BUILD_BUG_ON(NETRULE_MAX > UPLINK_RULES);

/* One call on its way to the machine's thread. */
struct task {
    unsigned line, host_port, port;
    bool on;
    UplinkShape shape;
    uint8_t address[4];
    UplinkRules *rules;
    struct network_relays relays;
    char *file;
    network_done_fn *done;
    network_counts_fn *counts;
    void *opaque;
};

static void task_free(struct task *task)
{
    g_free(task->rules);
    g_free(task->file);
    g_free(task);
}

static UplinkWay way_of(const struct network_way *way)
{
    return (UplinkWay){way->rate, way->delay_us, way->jitter_us, way->loss};
}

static void shape(void *opaque)
{
    struct task *task = opaque;

    uplink_shape(task->line, &task->shape);
    task_free(task);
}

void network_shape(unsigned line, bool up, const struct network_way *in,
                   const struct network_way *out)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line, .shape = {up, way_of(in), way_of(out)}};
    machine_call(shape, task);
}

/* The network of a line: 10.0.N.0/24 and fec0:0:0:M::/64 (phone/machine_args.c). */
static void nets_of(unsigned line, uint8_t net[4], uint8_t net6[8])
{
    static const uint8_t nets[][2] = {[NETWORK_WIFI] = {2, 0}, [NETWORK_CELLULAR] = {3, 3}};
    const uint8_t *n = nets[line / NETWORK_LINE(1, 0)];

    memcpy(net, (const uint8_t[4]){10, 0, n[0]}, 4);
    memcpy(net6, (const uint8_t[8]){0xfe, 0xc0, [7] = n[1]}, 8);
}

static void dns(void *opaque)
{
    static const uint8_t loopback[] = {127, 0, 0, 1};
    struct task *task = opaque;
    uint8_t host[4];
    g_autofree UplinkDns *dns = g_new0(UplinkDns, 1);

    nets_of(task->line, host, dns->named6);
    memcpy(dns->named, host, sizeof(host));
    dns->named[3] = dns->named6[15] = 3;
    host[3] = 2;
    dns->on = task->port != 0;
    dns->port = (uint16_t)task->port;
    memcpy(dns->server, memcmp(task->address, loopback, 4) ? task->address : host, 4);
    uplink_dns(task->line, dns);
    task_free(task);
}

void network_dns(unsigned line, const uint8_t address[4], unsigned port)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line, .port = port};
    memcpy(task->address, address, sizeof(task->address));
    machine_call(dns, task);
}

/* By line: those that it has. */
static struct network_relays relays_of[NETWORK_LINE(NETWORK_WIRES, 0)];

static void proxy(void *opaque)
{
    struct task *task = opaque;
    struct network_relays unused = task->relays;
    const UplinkRelays relays = {unused.open, unused.close, unused.opaque};
    uint8_t host[4], host6[8];

    nets_of(task->line, host, host6);
    host[3] = 2;
    if (uplink_proxy(task->line, host, relays.open ? &relays : NULL)) {
        unused = relays_of[task->line];
        relays_of[task->line] = task->relays;
    }
    if (unused.free) {
        unused.free(unused.opaque);
    }
    task_free(task);
}

void network_proxy(unsigned line, const struct network_relays *relays)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line};
    task->relays = relays ? *relays : (struct network_relays){0};
    machine_call(proxy, task);
}

static UplinkRule rule_of(const struct netrule *rule)
{
    static const uint8_t protocols[] = {[NETRULE_ANY] = UPLINK_ANY,
                                        [NETRULE_TCP] = UPLINK_TCP,
                                        [NETRULE_UDP] = UPLINK_UDP,
                                        [NETRULE_ICMP] = UPLINK_ICMP};
    static const UplinkPlace places[] = {[NETRULE_ANYWHERE] = UPLINK_ANYWHERE,
                                         [NETRULE_IPV4] = UPLINK_ADDRESS,
                                         [NETRULE_IPV6] = UPLINK_ADDRESS,
                                         [NETRULE_HOST] = UPLINK_HOST,
                                         [NETRULE_DNS] = UPLINK_NAMES};
    UplinkRule it = {.allow = rule->allow,
                     .protocol = protocols[rule->protocol],
                     .place = places[rule->to],
                     .version = rule->to == NETRULE_IPV4 ? 4 : 6,
                     .bits = (uint8_t)rule->bits,
                     .first = (uint16_t)rule->first,
                     .last = (uint16_t)rule->last};

    memcpy(it.address, rule->address, sizeof(it.address));
    return it;
}

static void rules(void *opaque)
{
    struct task *task = opaque;

    nets_of(task->line, task->rules->net, task->rules->net6);
    uplink_rules(task->line, task->rules);
    task_free(task);
}

void network_rules(unsigned line, const struct netrule *list, unsigned count)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line, .rules = g_new0(UplinkRules, 1)};
    task->rules->count = count;
    for (unsigned i = 0; i < count; i++) {
        task->rules->rule[i] = rule_of(&list[i]);
    }
    machine_call(rules, task);
}

static void count(void *opaque)
{
    struct task *task = opaque;
    UplinkCounts c = {0};

    uplink_count(task->line, &c);
    task->counts(task->opaque, &(struct network_counts){c.frames_to, c.bytes_to, c.frames_from,
                                                        c.bytes_from, c.lost, c.blocked});
    task_free(task);
}

void network_count(unsigned line, network_counts_fn *counts, void *opaque)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line, .counts = counts, .opaque = opaque};
    machine_call(count, task);
}

/* What QEMU calls the network of a line (hw/phonebooth/uplink.h). */
static char *netdev_of(unsigned line)
{
    return g_strdup_printf("%s%u", line < NETWORK_LINE(1, 0) ? "vm" : "cell",
                           line % NETWORK_LINE(1, 0));
}

static bool closed; /* network_close() */

/* QEMU has the forwarding of ports for its human monitor only: what that says is an error. */
static void forward(void *opaque)
{
    struct task *task = opaque;
    g_autofree char *netdev = netdev_of(task->line);

    if (closed) {
        task->done(task->opaque, "with --deterministic no network leads into the phone");
        task_free(task);
        return;
    }
    g_autofree char *rule = g_strdup_printf(task->on ? "hostfwd_add %s tcp:127.0.0.1:%u-:%u"
                                                     : "hostfwd_remove %s tcp:127.0.0.1:%u",
                                            netdev, task->host_port, task->port);
    Error *error = NULL;
    g_autofree char *said = qmp_human_monitor_command(rule, false, 0, &error);

    if (error) {
        task->done(task->opaque, error_get_pretty(error));
        error_free(error);
    } else if (task->on && said[0]) {
        task->done(task->opaque, g_strchomp(said));
    } else {
        task->done(task->opaque, NULL);
    }
    task_free(task);
}

void network_forward(unsigned line, unsigned host_port, unsigned port, bool on,
                     network_done_fn *done, void *opaque)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line,
                          .host_port = host_port,
                          .port = port,
                          .on = on,
                          .done = done,
                          .opaque = opaque};
    machine_call(forward, task);
}

static void capture(void *opaque)
{
    struct task *task = opaque;
    g_autofree char *id = g_strdup_printf("capture%u", task->line);
    g_autofree char *netdev = netdev_of(task->line);
    Error *error = NULL;

    if (task->file) {
        object_new_with_props("filter-dump", object_get_objects_root(), id, &error, "netdev",
                              netdev, "file", task->file, NULL);
    } else {
        user_creatable_del(id, &error);
    }
    task->done(task->opaque, error ? error_get_pretty(error) : NULL);
    error_free(error);
    task_free(task);
}

void network_capture(unsigned line, const char *file, network_done_fn *done, void *opaque)
{
    struct task *task = g_new(struct task, 1);

    *task = (struct task){.line = line, .file = g_strdup(file), .done = done, .opaque = opaque};
    machine_call(capture, task);
}

void network_close(void)
{
    closed = true;
    uplink_close();
}
