/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* key and text against a switchboard that takes keys when the test lets it. */
#include "suite.h"

#include <string.h>

#include "control/session.h"
#include "control/verbs.h"

static struct handset_vm desc = {.name = (char *)"personal"};
static struct phone phone;
static struct server server;
static struct session session;
static GString *wire; /* what the switchboard was asked, with ';' */
static char *reply;   /* what the client got */
static struct service_waiting {
    service_reply_fn *reply;
    void *opaque;
} waiting;

void service_request(struct service *service G_GNUC_UNUSED, const char *request,
                     unsigned timeout_s G_GNUC_UNUSED, service_reply_fn *fn, void *opaque)
{
    g_string_append_printf(wire, "%s;", request);
    waiting = (struct service_waiting){fn, opaque};
}

void client_send(struct client *client G_GNUC_UNUSED, JsonObject *message)
{
    JsonNode *node = json_node_init_object(json_node_alloc(), message);

    g_free(reply);
    reply = json_to_string(node, FALSE);
    json_node_unref(node);
}

void client_unref(struct client *client G_GNUC_UNUSED)
{
}

struct phone_vm *phone_find_vm(struct phone *of G_GNUC_UNUSED, const char *name G_GNUC_UNUSED)
{
    return NULL;
}

const char *phone_state_name(enum vm_state state G_GNUC_UNUSED)
{
    return "";
}

/* Keys of the input layer, as main.c sends them. */
static void send_key(void *opaque G_GNUC_UNUSED, int code, int value, input_reply_fn *fn,
                     void *reply_opaque)
{
    g_autofree char *text = g_strdup_printf("key %d %d", code, value);
    service_request(NULL, text, 10, fn, reply_opaque);
}

static struct request *begin(void (*verb)(struct request *), const char *line)
{
    struct request *request = g_new0(struct request, 1);

    g_string_truncate(wire, 0);
    g_clear_pointer(&reply, g_free);
    request->server = &server;
    request->session = &session;
    request->id = json_node_new(JSON_NODE_NULL);
    g_autoptr(JsonNode) node = json_from_string(line, NULL);
    request->args = json_node_dup_object(node);
    g_ptr_array_add(server.requests, request);
    verb(request);
    return request;
}

/* The switchboard answers what it was asked last. */
static void answer(const char *text)
{
    struct service_waiting now = waiting;
    struct service_line line;

    CU_ASSERT_TRUE_FATAL(service_line_parse(text, &line));
    waiting = (struct service_waiting){NULL, NULL};
    now.reply(now.opaque, &line, NULL);
    service_line_clear(&line);
}

static void expect(const char *sent, const char *part)
{
    CU_ASSERT_STRING_EQUAL(wire->str, sent);
    if (part) {
        CU_ASSERT_TRUE(reply && strstr(reply, part));
    } else {
        CU_ASSERT_PTR_NULL(reply);
    }
    CU_ASSERT_EQUAL(server.requests->len, reply ? 0 : 1);
}

static void presses_a_key(void)
{
    begin(verb_key, "{\"key\":\"a\",\"action\":\"press\"}");
    expect("key 30 1;", NULL);
    answer("1 ok");
    expect("key 30 1;key 30 0;", NULL);
    answer("1 ok");
    expect("key 30 1;key 30 0;", "\"ok\":true");
}

static void refuses_keys(void)
{
    begin(verb_key, "{\"key\":500,\"action\":\"press\"}");
    expect("", "bad-request");
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "no key '500'"));
    begin(verb_key, "{\"key\":\"248\",\"action\":\"up\"}");
    expect("", "this key is not down");
}

static void says_what_the_switchboard_says(void)
{
    begin(verb_key, "{\"key\":\"a\",\"action\":\"down\"}");
    answer("1 err bad-state: the persona in front is paused");
    expect("key 30 1;", "\"error\":\"bad-state\"");
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "\"message\":\"the persona in front is paused\""));
    input_release(session.source);
    begin(verb_wheel, "{\"steps\":1}");
    answer("1 err no such thing: x");
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "\"message\":\"the switchboard says: no such thing: x\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "\"refused\""));
}

static void types_as_it_is_taken(void)
{
    begin(verb_text, "{\"text\":\"aB\",\"timeout\":60}");
    answer("1 ok");
    answer("1 ok"); /* a is up */
    answer("1 ok"); /* shift */
    expect("key 30 1 personal;key 30 0;key 42 1 personal;key 48 1 personal;", NULL);
    answer("1 err timeout: the persona has not taken it yet");
    CU_ASSERT_TRUE(g_str_has_suffix(wire->str, "key 48 1 personal;wheel 0;"));
    CU_ASSERT_PTR_NULL(reply);
    answer("1 err timeout: the persona has not taken it yet");
    answer("1 ok"); /* now it has taken it */
    CU_ASSERT_TRUE(g_str_has_suffix(wire->str, "wheel 0;wheel 0;key 48 0;"));
    answer("1 ok");
    CU_ASSERT_TRUE(g_str_has_suffix(wire->str, "key 48 0;key 42 0;"));
    answer("1 ok");
    CU_ASSERT_TRUE(reply && strstr(reply, "\"ok\":true"));
    CU_ASSERT_TRUE(reply && strstr(reply, "\"typed\":2"));
}

static void types_nothing_of_wrong_text(void)
{
    begin(verb_text, "{\"text\":\"abc\xc3\xa4\",\"timeout\":60}");
    expect("", "at byte 3");
    begin(verb_text, "{\"text\":\"\",\"timeout\":60}");
    expect("", "\"ok\":true");
}

/* Another persona comes to the front: the rest is not for it, and no key stays down. */
static void stops_where_it_is_refused(void)
{
    begin(verb_text, "{\"text\":\"aB\",\"timeout\":60}");
    for (int i = 0; i < 3; i++) {
        answer("1 ok");
    }
    answer("1 err bad-state: another persona has come to the front");
    CU_ASSERT_TRUE(g_str_has_suffix(wire->str, "key 48 1 personal;key 42 0;key 48 0;"));
    CU_ASSERT_PTR_NOT_NULL_FATAL(reply);
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "\"error\":\"bad-state\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "\"typed\":1"));
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "1 of 2 characters were typed"));
}

static void gives_up_in_time(void)
{
    begin(verb_text, "{\"text\":\"abc\",\"timeout\":0.1}");
    answer("1 ok");
    answer("1 ok");
    CU_ASSERT_TRUE(g_main_context_iteration(phone.context, TRUE)); /* its time is over */
    CU_ASSERT_PTR_NULL(reply);
    answer("1 ok"); /* b went down meanwhile */
    CU_ASSERT_PTR_NOT_NULL_FATAL(reply);
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "\"error\":\"timeout\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(reply, "\"typed\":2"));
    CU_ASSERT_TRUE(g_str_has_suffix(wire->str, "key 48 1 personal;key 48 0;"));
}

static void ends_with_its_client(void)
{
    struct request *request = begin(verb_text, "{\"text\":\"abc\",\"timeout\":60}");

    request->cancel(request);
    CU_ASSERT_EQUAL(server.requests->len, 0);
    answer("1 ok");
    CU_ASSERT_STRING_EQUAL(wire->str, "key 30 1 personal;key 30 0;");
    CU_ASSERT_PTR_NULL(reply);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"presses a key", presses_a_key},
        {"refuses keys that there are not", refuses_keys},
        {"says what the switchboard says", says_what_the_switchboard_says},
        {"types as it is taken", types_as_it_is_taken},
        {"types nothing of wrong text", types_nothing_of_wrong_text},
        {"stops where it is refused", stops_where_it_is_refused},
        {"gives up in time", gives_up_in_time},
        {"ends with its client", ends_with_its_client},
        CU_TEST_INFO_NULL,
    };

    wire = g_string_new(NULL);
    phone.context = g_main_context_new();
    phone.front = &desc;
    struct input *input = input_new(&(struct input_target){.key = send_key});
    input_set_running(input, true);
    session.source = input_source_new(input);
    server.kept = input_source_new(input);
    server.config.phone = &phone;
    server.requests = g_ptr_array_new();
    int status = run_suite("typing", tests);
    input_source_free(session.source);
    input_source_free(server.kept);
    input_free(input);
    g_string_free(wire, TRUE);
    g_free(reply);
    g_ptr_array_unref(server.requests);
    g_main_context_unref(phone.context);
    return status;
}
