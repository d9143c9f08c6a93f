/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the emulator knows of the phone, written for a snapshot and read by another process. */
#include "suite.h"

#include <gio/gio.h>
#include <string.h>

#include "phone/phone_events.h"
#include "phone/record.h"

#define HANDSET                                                                                   \
    "[handset]\nname=one\nboard=one\nkernel=k\nskin=one\nmemory=2048\n[vm 0]\nname=switchboard\n" \
    "kind=switchboard\nuart=1\n[vm 1]\nname=personal\nkind=persona\nuart=3\nfirewall=block host\n"

/* The machine's networks: what they were told. */
static struct told {
    unsigned line, shapes, forwards, host_port, port, dns_line, dns_port, dns, rules, proxy_line;
    bool up;
    uint64_t wifi_rate;
} told;

void network_shape(unsigned line, bool up, const struct network_way *in,
                   const struct network_way *out G_GNUC_UNUSED)
{
    told.line = line;
    told.shapes++;
    told.up = up;
    told.wifi_rate = line < NETWORK_LINE(1, 0) ? in->rate : told.wifi_rate;
}

void network_forward(unsigned line G_GNUC_UNUSED, unsigned host_port, unsigned port, bool forward,
                     network_done_fn *done G_GNUC_UNUSED, void *opaque G_GNUC_UNUSED)
{
    told.forwards += forward;
    told.host_port = host_port;
    told.port = port;
}

void network_dns(unsigned line, const uint8_t address[4], unsigned port)
{
    if (port) {
        told.dns_line = line;
        told.dns_port = port;
        told.dns = address[3];
    }
}

void network_proxy(unsigned line, const struct network_relays *relays)
{
    if (relays) {
        told.proxy_line = line;
        relays->free(relays->opaque);
    } else if (line == told.proxy_line) {
        told.proxy_line = 0;
    }
}

void network_rules(unsigned line, const struct netrule *rules G_GNUC_UNUSED, unsigned count)
{
    if (line == NETWORK_LINE(NETWORK_CELLULAR, 1)) {
        told.rules = count;
    }
}

static GString *wire; /* what is sent to the switchboard */

static bool sent(const char *bytes, gsize length)
{
    g_string_append_len(wire, bytes, (gssize)length);
    return true;
}

static void on_line(void *opaque G_GNUC_UNUSED, const char *line G_GNUC_UNUSED)
{
    CU_FAIL("a line of the past is told of");
}

static struct phone *start(void)
{
    struct phone *phone = g_new0(struct phone, 1);
    struct handset *handset = handset_parse("/h", HANDSET, strlen(HANDSET), NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(handset);
    phone->context = g_main_context_new();
    phone->handset = handset;
    phone->ready_s = -1;
    phone->observers = g_ptr_array_new();
    phone->counters =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    phone->service = service_new(phone->context, sent, phone_on_service_event, phone);
    summary_feed_init(&phone->summary);
    phone->el2_log = vmlog_new(NULL, on_line, phone, NULL);
    phone->vm_count = handset->vm_count;
    for (unsigned i = 0; i < phone->vm_count; i++) {
        phone->vm[i] = (struct phone_vm){.phone = phone, .desc = &handset->vm[i], .ready_s = -1};
        phone->vm[i].log = vmlog_new(NULL, i ? NULL : on_line, phone, NULL);
        progress_reset(&phone->vm[i].progress);
        for (unsigned w = 0; w < NETWORK_WIRES; w++) {
            phone->vm[i].network[w] = handset_vm_has_network(&handset->vm[i], w)
                                          ? network_new(handset->vm[i].name, handset->vm[i].id, w,
                                                        handset->vm[i].firewall)
                                          : NULL;
        }
    }
    told = (struct told){0};
    g_string_truncate(wire, 0);
    return phone;
}

static void finish(struct phone *phone)
{
    service_free(phone->service);
    summary_feed_clear(&phone->summary);
    g_hash_table_unref(phone->counters);
    g_ptr_array_unref(phone->observers);
    g_main_context_unref(phone->context);
    vmlog_free(phone->el2_log);
    for (unsigned i = 0; i < phone->vm_count; i++) {
        vmlog_free(phone->vm[i].log);
        for (unsigned w = 0; w < NETWORK_WIRES; w++) {
            network_free(phone->vm[i].network[w]);
        }
        g_free(phone->vm[i].reason);
        g_free(phone->vm[i].share);
    }
    g_free(phone->el2_fault);
    handset_free((struct handset *)phone->handset);
    g_free(phone);
}

static void event(struct phone *phone, const char *text)
{
    struct service_line line;

    CU_ASSERT_TRUE_FATAL(service_line_parse(text, &line));
    phone_on_service_event(phone, &line);
    service_line_clear(&line);
}

/* A phone whose home screen is up, in the side view. */
static JsonObject *record_of_running(void)
{
    static const char text[] = "[    9.123456] phonebooth: home screen ready\nlast words";
    struct phone *phone = start();
    struct phone_vm *vm = &phone->vm[1];

    phone->service_up = true;
    event(phone, "! vm name=personal state=running share=all front=1");
    vmlog_append(vm->log, (const uint8_t *)text, strlen(text));
    phone_on_console_line(vm, "[    9.123456] phonebooth: home screen ready");
    event(phone, "! scanout vm=personal");
    event(phone, "! view mode=side");
    CU_ASSERT_TRUE(phone->ready_s >= 0);
    JsonObject *record = record_write(phone);
    finish(phone);
    return record;
}

static void knows_what_the_other_knew(void)
{
    g_autoptr(JsonObject) record = record_of_running();
    struct phone *phone = start();
    struct phone_vm *vm = &phone->vm[1];

    record_read(phone, record);
    CU_ASSERT_TRUE(phone->ready_s >= 0 && phone_vm_ready(vm) && phone->service_up && phone->side);
    CU_ASSERT_EQUAL(vm->state, VM_RUNNING);
    CU_ASSERT_STRING_EQUAL(vm->share, "all");
    CU_ASSERT_PTR_EQUAL(phone->front, vm->desc);
    CU_ASSERT_EQUAL(vm->progress.percent, 100);
    CU_ASSERT_STRING_EQUAL(phone_vm_stage(vm), "home screen ready");
    CU_ASSERT_EQUAL(vmlog_end(vm->log), 55);
    CU_ASSERT_STRING_EQUAL(vmlog_last_line(vm->log),
                           "[    9.123456] phonebooth: home screen ready");
    CU_ASSERT_PTR_NOT_NULL(strstr(wire->str, " vms\n"));
    event(phone, "! vm name=personal state=running share=all front=1"); /* and it does not start */
    CU_ASSERT_TRUE(phone_vm_ready(vm));
    finish(phone);
}

/* A port that can be listened to now. */
static unsigned free_port(void)
{
    g_autoptr(GSocketListener) listener = g_socket_listener_new();
    unsigned port = g_socket_listener_add_any_inet_port(listener, NULL, NULL);

    CU_ASSERT_TRUE_FATAL(port != 0);
    g_socket_listener_close(listener);
    return port;
}

static void knows_the_networks(void)
{
    struct phone *phone = start();
    struct network *network = phone->vm[1].network[NETWORK_WIFI];
    unsigned port = free_port();

    network->up = false;
    network->profile = network_profile("edge");
    network_add(network, port, 22);
    phone->vm[1].network[NETWORK_CELLULAR]->airplane = true;
    CU_ASSERT_TRUE(network_set_dns(phone->vm[1].network[NETWORK_CELLULAR], "192.0.2.9:5353"));
    CU_ASSERT_TRUE(network_set_proxy(network, "proxy.example:3128", NULL));
    g_autoptr(JsonObject) record = record_write(phone);
    finish(phone);

    phone = start();
    record_read(phone, record);
    network = phone->vm[1].network[NETWORK_WIFI];
    CU_ASSERT_TRUE(!network->up && network->profile == network_profile("edge"));
    CU_ASSERT_PTR_NOT_NULL_FATAL(network_find(network, port));
    CU_ASSERT_EQUAL(network_find(network, port)->port, 22);
    CU_ASSERT_TRUE(told.line == NETWORK_LINE(1, 1) && told.shapes == 2 && !told.up);
    CU_ASSERT_EQUAL(told.wifi_rate, 236800);
    network = phone->vm[1].network[NETWORK_CELLULAR];
    CU_ASSERT_TRUE(network->up && network->airplane && !network_is_up(network));
    CU_ASSERT_STRING_EQUAL(network->dns, "192.0.2.9:5353");
    CU_ASSERT_PTR_NULL(network->proxy);
    CU_ASSERT_STRING_EQUAL(phone->vm[1].network[NETWORK_WIFI]->proxy, "proxy.example:3128");
    CU_ASSERT_EQUAL(told.proxy_line, NETWORK_LINE(NETWORK_WIFI, 1));
    CU_ASSERT_TRUE(told.dns_line == NETWORK_LINE(1, 1) && told.dns_port == 5353 && told.dns == 9);
    CU_ASSERT_TRUE(told.forwards == 1 && told.host_port == port && told.port == 22);
    finish(phone);
}

static void set_rules(struct network *network, const char *text)
{
    g_array_unref(network->rules);
    network->rules = netrule_list(text, NULL);
}

static char *rule(const struct network *network, unsigned i)
{
    return netrule_print(&g_array_index(network->rules, struct netrule, i));
}

static void knows_the_rules(void)
{
    struct phone *phone = start();

    set_rules(phone->vm[1].network[NETWORK_WIFI], "");
    set_rules(phone->vm[1].network[NETWORK_CELLULAR], "block any;allow tcp 192.0.2.0/24:443");
    g_autoptr(JsonObject) record = record_write(phone);
    finish(phone);

    phone = start();
    g_autofree char *before = rule(phone->vm[1].network[NETWORK_WIFI], 0);
    CU_ASSERT_STRING_EQUAL(before, "block host");
    record_read(phone, record);
    CU_ASSERT_EQUAL(phone->vm[1].network[NETWORK_WIFI]->rules->len, 0);
    CU_ASSERT_EQUAL_FATAL(phone->vm[1].network[NETWORK_CELLULAR]->rules->len, 2);
    g_autofree char *after = rule(phone->vm[1].network[NETWORK_CELLULAR], 1);
    CU_ASSERT_STRING_EQUAL(after, "allow tcp 192.0.2.0/24:443");
    CU_ASSERT_EQUAL(told.rules, 2);
    finish(phone);
}

/* A rule that cannot be read may have forbidden anything. */
static void a_wrong_rule_blocks_all(void)
{
    static const char *const wrong[] = {"[3]", "[{}]", "[null]", "[\"block\"]",
                                        "[\"allow any\",\"block example.org\",\"allow any\"]"};

    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        struct phone *phone = start();
        g_autofree char *text =
            g_strdup_printf("{\"vms\":{\"personal\":{\"cellular\":{\"rules\":%s}}}}", wrong[i]);
        g_autoptr(JsonNode) node = json_from_string(text, NULL);

        CU_ASSERT_PTR_NOT_NULL_FATAL(node);
        record_read(phone, json_node_get_object(node));
        CU_ASSERT_EQUAL_FATAL(phone->vm[1].network[NETWORK_CELLULAR]->rules->len, 1);
        g_autofree char *only = rule(phone->vm[1].network[NETWORK_CELLULAR], 0);
        CU_ASSERT_STRING_EQUAL(only, "block any");
        CU_ASSERT_EQUAL(told.rules, 1);
        finish(phone);
    }
}

static void leaves_out_a_port_that_is_taken(void)
{
    g_autoptr(GSocketListener) listener = g_socket_listener_new();
    unsigned port = g_socket_listener_add_any_inet_port(listener, NULL, NULL);
    struct phone *phone = start();

    network_add(phone->vm[1].network[NETWORK_WIFI], port, 22);
    g_autoptr(JsonObject) record = record_write(phone);
    finish(phone);
    phone = start();
    record_read(phone, record);
    CU_ASSERT_PTR_NULL(network_find(phone->vm[1].network[NETWORK_WIFI], port));
    CU_ASSERT_EQUAL(told.forwards, 0);
    finish(phone);
    g_socket_listener_close(listener);
}

static void takes_name_servers(void)
{
    static const char *const wrong[] = {"",          "host",          "9.9.9",       "127.0.0.2",
                                        "0.0.0.0",   "224.0.0.1",     "9.9.9.9:",    "9.9.9.9:0",
                                        "9.9.9.9:x", "9.9.9.9:65536", "9.9.9.9:1:2", "fec0::3"};
    struct phone *phone = start();
    struct network *network = phone->vm[1].network[NETWORK_WIFI];

    CU_ASSERT_TRUE(network_set_dns(network, "127.0.0.1"));
    CU_ASSERT_TRUE(told.dns_line == 1 && told.dns_port == 53 && told.dns == 1);
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        CU_ASSERT_FALSE(network_set_dns(network, wrong[i]));
    }
    CU_ASSERT_STRING_EQUAL(network->dns, "127.0.0.1");
    CU_ASSERT_TRUE(network_set_dns(network, NULL));
    CU_ASSERT_PTR_NULL(network->dns);
    finish(phone);
}

/* Members of other types, out of range, of VMs that there are not. */
static void takes_nothing_wrong(void)
{
    static const char *const wrong[] = {
        "{}",
        "{\"vms\":[],\"el2\":3,\"front\":{},\"last_id\":\"x\",\"service\":7}",
        "{\"vms\":{\"personal\":{\"state\":\"flying\",\"progress\":{\"percent\":900,\"failure\":"
        "\"anything\",\"stage\":[]},\"console\":{\"end\":-5,\"tail\":\"QUJD\"}}}}",
        "{\"vms\":{\"personal\":{\"wifi\":{\"up\":7,\"profile\":[],\"forwards\":[3,{},"
        "{\"host_port\":0,\"port\":1},{\"host_port\":70000,\"port\":1},{\"host_port\":\"x\"}]}}}}",
        "{\"vms\":{\"personal\":{\"wifi\":[],\"console\":[]}}}",
        "{\"vms\":{\"personal\":{\"wifi\":{\"dns\":\"localhost\",\"proxy\":\"x\",\"airplane\":3}}}"
        "}",
        "{\"vms\":{\"nobody\":{},\"personal\":3},\"front\":\"nobody\"}",
        "{\"vms\":{\"personal\":{\"console\":{\"end\":1,\"tail\":\"QUJDREVG\"}}}}",
    };

    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        struct phone *phone = start();
        g_autoptr(JsonNode) node = json_from_string(wrong[i], NULL);
        CU_ASSERT_PTR_NOT_NULL_FATAL(node);
        record_read(phone, json_node_get_object(node));
        CU_ASSERT_TRUE(phone->vm[1].progress.percent <= 100);
        CU_ASSERT_PTR_NULL(phone->vm[1].progress.failure);
        CU_ASSERT_EQUAL(phone->vm[1].state, VM_UNKNOWN);
        CU_ASSERT_EQUAL(vmlog_end(phone->vm[1].log), 0);
        CU_ASSERT_PTR_NULL(phone->front);
        CU_ASSERT_EQUAL(phone->vm[1].network[NETWORK_WIFI]->forwards->len, 0);
        CU_ASSERT_PTR_EQUAL(phone->vm[1].network[NETWORK_WIFI]->profile, network_profile("full"));
        finish(phone);
    }
}

/* The answer to a request of the other process is none to one of this. */
static void ids_go_on(void)
{
    g_autoptr(JsonObject) record = record_of_running();
    struct phone *phone = start();

    json_object_set_int_member(record, "last_id", 700);
    record_read(phone, record);
    CU_ASSERT_PTR_NOT_NULL(strstr(wire->str, "701 \n702 generation\n703 vms\n"));
    finish(phone);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"knows what the other knew", knows_what_the_other_knew},
        {"takes nothing wrong", takes_nothing_wrong},
        {"ids go on", ids_go_on},
        {"knows the networks", knows_the_networks},
        {"leaves out a port that is taken", leaves_out_a_port_that_is_taken},
        {"takes name servers", takes_name_servers},
        {"knows the rules", knows_the_rules},
        {"a wrong rule blocks all", a_wrong_rule_blocks_all},
        CU_TEST_INFO_NULL,
    };
    wire = g_string_new(NULL);
    int status = run_suite("the phone's record", tests);
    g_string_free(wire, TRUE);
    return status;
}
