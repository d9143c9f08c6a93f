/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* libbooth against a stand-in for the phone that answers what each test gives it. */
#include <booth/booth.h>

#include <poll.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#include "stand_in.h"
#include "suite.h"

/* What has come, in order: one letter for each. */
struct heard {
    GString *order;
    char *name, *error;
    gint code;
};

static struct heard heard_new(void)
{
    return (struct heard){.order = g_string_new(NULL)};
}

static void heard_clear(struct heard *heard)
{
    g_string_free(heard->order, TRUE);
    g_free(heard->name);
    g_free(heard->error);
}

static void hear_event(BoothPhone *phone, JsonObject *event, gpointer data)
{
    struct heard *heard = data;

    CU_ASSERT_TRUE(BOOTH_IS_PHONE(phone));
    CU_ASSERT_STRING_EQUAL(json_object_get_string_member(event, "vm"), "work");
    g_string_append_c(heard->order, 'e');
}

static void hear_closed(BoothPhone *phone, GError *why, gpointer data)
{
    struct heard *heard = data;

    CU_ASSERT_TRUE(BOOTH_IS_PHONE(phone));
    CU_ASSERT_TRUE(g_error_matches(why, BOOTH_ERROR, BOOTH_ERROR_PROTOCOL));
    g_string_append_c(heard->order, 'c');
}

static void hear_reply(GObject *phone, GAsyncResult *result, gpointer data)
{
    struct heard *heard = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) reply = booth_phone_call_finish(BOOTH_PHONE(phone), result, &error);

    g_string_append_c(heard->order, reply ? 'r' : 'f');
    if (reply != NULL) {
        heard->name = g_strdup(json_object_get_string_member_with_default(reply, "name", "?"));
    } else {
        g_free(heard->error);
        heard->error = g_strdup(error->message);
        heard->code = error->code;
    }
}

static BoothPhone *open_phone(struct stand_in *phone, struct heard *heard)
{
    g_autoptr(GError) error = NULL;
    BoothPhone *opened = booth_phone_open_path(phone->path, NULL, &error);

    CU_ASSERT_PTR_NOT_NULL_FATAL(opened);
    CU_ASSERT_STRING_EQUAL(booth_phone_get_path(opened), phone->path);
    if (heard != NULL) {
        g_signal_connect(opened, "event::front", G_CALLBACK(hear_event), heard);
        g_signal_connect(opened, "closed", G_CALLBACK(hear_closed), heard);
    }
    return opened;
}

/* What is required and what is optional become members; the caller's options stay as they are. */
static void test_typed_call(void)
{
    struct stand_in stand_in;
    g_autoptr(JsonObject) options = json_object_new();

    stand_in_start(&stand_in, "{\"id\":1,\"ok\":true,\"name\":\"x\"}\n");
    g_autoptr(BoothPhone) phone = open_phone(&stand_in, NULL);
    json_object_set_int_member(options, "hold_ms", 9);
    g_autoptr(JsonObject) reply = booth_phone_tap(phone, 3, 4, options, NULL, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(reply);
    CU_ASSERT_STRING_EQUAL(json_object_get_string_member(reply, "name"), "x");
    CU_ASSERT_EQUAL(json_object_get_size(options), 1);
    g_thread_join(g_steal_pointer(&stand_in.thread));
    CU_ASSERT_STRING_EQUAL(stand_in.request,
                           "{\"hold_ms\":9,\"x\":3,\"y\":4,\"verb\":\"tap\",\"id\":1}");
    stand_in_finish(&stand_in);
}

static void test_async(void)
{
    struct stand_in stand_in;
    struct heard heard = heard_new();

    stand_in_start(&stand_in, "{\"event\":\"front\",\"vm\":\"work\"}\n{\"event\":\"ready\"}\n"
                              "{\"id\":2,\"ok\":false,\"error\":\"no-vm\",\"message\":\"none\"}\n"
                              "{\"id\":1,\"ok\":true,\"name\":\"x\"}\n");
    g_autoptr(BoothPhone) phone = open_phone(&stand_in, &heard);
    booth_phone_status_async(phone, NULL, NULL, hear_reply, &heard);
    booth_phone_switch_async(phone, "work", NULL, NULL, hear_reply, &heard);
    CU_ASSERT_EQUAL(heard.order->len, 0);
    while (strchr(heard.order->str, 'c') == NULL) {
        g_main_context_iteration(NULL, TRUE);
    }
    CU_ASSERT_STRING_EQUAL(heard.order->str, "efrc");
    CU_ASSERT_STRING_EQUAL(heard.name, "x");
    CU_ASSERT_EQUAL(heard.code, BOOTH_ERROR_NO_VM);
    booth_phone_status_async(phone, NULL, NULL, hear_reply, &heard);
    while (g_main_context_iteration(NULL, FALSE)) {
    }
    CU_ASSERT_STRING_EQUAL(heard.order->str, "efrcf");
    CU_ASSERT_EQUAL(heard.code, BOOTH_ERROR_PROTOCOL);
    stand_in_finish(&stand_in);
    heard_clear(&heard);
}

/* What comes while a call waits is delivered when the loop runs, and not before. */
static void test_signals_wait_for_the_loop(void)
{
    struct stand_in stand_in;
    struct heard heard = heard_new();

    stand_in_start(&stand_in, "{\"event\":\"front\",\"vm\":\"work\"}\n{\"id\":1,\"ok\":true}\n"
                              "{\"event\":\"front\",\"vm\":\"work\"}\n");
    g_autoptr(BoothPhone) phone = open_phone(&stand_in, &heard);
    g_autoptr(JsonObject) reply = booth_phone_call(phone, "status", NULL, NULL, NULL);
    CU_ASSERT_PTR_NOT_NULL(reply);
    CU_ASSERT_EQUAL(heard.order->len, 0);
    g_autoptr(JsonObject) event = booth_phone_wait_event(phone, NULL, NULL); /* no signal for it */
    CU_ASSERT_PTR_NOT_NULL(event);
    while (strchr(heard.order->str, 'c') == NULL) {
        g_main_context_iteration(NULL, TRUE);
    }
    CU_ASSERT_STRING_EQUAL(heard.order->str, "ec");
    g_autoptr(GError) error = NULL;
    CU_ASSERT_PTR_NULL(booth_phone_wait_event(phone, NULL, &error));
    CU_ASSERT_TRUE(g_error_matches(error, BOOTH_ERROR, BOOTH_ERROR_PROTOCOL));
    stand_in_finish(&stand_in);
    heard_clear(&heard);
}

/* A phone that takes connections and never answers. */
static GSocketListener *silent(char **path)
{
    GSocketListener *listener = g_socket_listener_new();
    g_autofree char *folder = g_dir_make_tmp("booth-XXXXXX", NULL);

    *path = g_build_filename(folder, "control.sock", NULL);
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(*path);
    CU_ASSERT_TRUE_FATAL(g_socket_listener_add_address(
        listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
    return listener;
}

static void silent_end(GSocketListener *listener, char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);

    g_object_unref(listener);
    g_unlink(path);
    g_rmdir(folder);
    g_free(path);
}

static gpointer cancel_soon(gpointer cancellable)
{
    g_usleep(G_USEC_PER_SEC / 20);
    g_cancellable_cancel(cancellable);
    return NULL;
}

static void test_cancel(void)
{
    char *path = NULL;
    GSocketListener *listener = silent(&path);
    struct heard heard = heard_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GCancellable) first = g_cancellable_new(), second = g_cancellable_new();
    BoothPhone *phone = booth_phone_open_path(path, NULL, NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(phone);
    booth_phone_status_async(phone, NULL, first, hear_reply, &heard);
    g_cancellable_cancel(first);
    while (heard.order->len == 0) {
        g_main_context_iteration(NULL, TRUE);
    }
    CU_ASSERT_STRING_EQUAL(heard.order->str, "f");
    CU_ASSERT_EQUAL(heard.code, G_IO_ERROR_CANCELLED);
    GThread *thread = g_thread_new("cancel", cancel_soon, second);
    CU_ASSERT_PTR_NULL(booth_phone_status(phone, NULL, second, &error));
    CU_ASSERT_TRUE(g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
    g_thread_join(thread);
    g_object_add_weak_pointer(G_OBJECT(phone), (gpointer *)&phone);
    g_object_unref(phone);
    CU_ASSERT_PTR_NULL(phone); /* no call that was cancelled holds it */
    silent_end(listener, path);
    heard_clear(&heard);
}

/* A loop that is not GLib's: poll() on the file descriptor, and nothing else. */
static void test_foreign_loop(void)
{
    struct stand_in stand_in;
    struct heard heard = heard_new();

    stand_in_start(
        &stand_in,
        "{\"event\":\"front\",\"vm\":\"work\"}\n{\"id\":1,\"ok\":true,\"name\":\"x\"}\n");
    g_autoptr(BoothPhone) phone = open_phone(&stand_in, &heard);
    struct pollfd fd = {.fd = booth_phone_get_fd(phone), .events = POLLIN};
    CU_ASSERT_TRUE_FATAL(fd.fd >= 0);
    CU_ASSERT_EQUAL(fd.fd, booth_phone_get_fd(phone));
    booth_phone_status_async(phone, NULL, NULL, hear_reply, &heard);
    booth_phone_dispatch(phone);
    while (strchr(heard.order->str, 'c') == NULL) {
        CU_ASSERT_EQUAL_FATAL(poll(&fd, 1, 10000), 1);
        booth_phone_dispatch(phone);
    }
    CU_ASSERT_STRING_EQUAL(heard.order->str, "erc");
    CU_ASSERT_EQUAL(poll(&fd, 1, 0), 0); /* an ended connection wakes nobody */
    stand_in_finish(&stand_in);
    heard_clear(&heard);
}

/* An object that a binding has made by itself. */
static void test_no_phone(void)
{
    g_autoptr(BoothPhone) phone = g_object_new(BOOTH_TYPE_PHONE, NULL);
    g_autoptr(GError) error = NULL;

    CU_ASSERT_PTR_NULL(booth_phone_status(phone, NULL, NULL, &error));
    CU_ASSERT_TRUE(g_error_matches(error, BOOTH_ERROR, BOOTH_ERROR_CONNECT));
    booth_phone_dispatch(phone);
}

static void expect_no_name(const char *name, gint code)
{
    g_autoptr(GError) error = NULL;

    CU_ASSERT_PTR_NULL(booth_phone_open(name, NULL, &error));
    CU_ASSERT_TRUE(g_error_matches(error, BOOTH_ERROR, code));
}

static void hear_open(GObject *none, GAsyncResult *result, gpointer data)
{
    struct heard *heard = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(BoothPhone) phone = booth_phone_open_finish(result, &error);

    CU_ASSERT_PTR_NULL(none);
    g_string_append_c(heard->order, phone ? 'o' : 'f');
}

/* Phones by name, in a folder of sockets. */
static void test_names(void)
{
    g_autofree char *base = g_dir_make_tmp("booth-XXXXXX", NULL);
    g_autofree char *one = g_build_filename(base, "phonebooth", "one", NULL);
    g_autofree char *dead = g_build_filename(base, "phonebooth", "dead", NULL);
    g_autofree char *path = g_build_filename(one, "control.sock", NULL);
    g_autoptr(GSocketListener) listener = g_socket_listener_new();
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);
    struct heard heard = heard_new();

    g_setenv("XDG_RUNTIME_DIR", base, TRUE);
    g_mkdir_with_parents(one, 0700);
    g_mkdir_with_parents(dead, 0700);
    CU_ASSERT_TRUE_FATAL(g_socket_listener_add_address(
        listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
    g_auto(GStrv) names = booth_phone_names();
    CU_ASSERT_EQUAL_FATAL(g_strv_length(names), 1);
    CU_ASSERT_STRING_EQUAL(names[0], "one");
    expect_no_name("dead", BOOTH_ERROR_CONNECT);
    expect_no_name("../one", BOOTH_ERROR_BAD_REQUEST);
    expect_no_name("", BOOTH_ERROR_BAD_REQUEST);
    booth_phone_open_async("one", NULL, hear_open, &heard);
    while (heard.order->len == 0) {
        g_main_context_iteration(NULL, TRUE);
    }
    booth_phone_open_async("dead", NULL, hear_open, &heard);
    while (heard.order->len == 1) {
        g_main_context_iteration(NULL, TRUE);
    }
    CU_ASSERT_STRING_EQUAL(heard.order->str, "of");
    heard_clear(&heard);
    g_unlink(path);
    g_rmdir(one);
    g_rmdir(dead);
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"typed call", test_typed_call},
        {"async", test_async},
        {"signals", test_signals_wait_for_the_loop},
        {"cancel", test_cancel},
        {"foreign loop", test_foreign_loop},
        {"no phone", test_no_phone},
        {"names", test_names},
        CU_TEST_INFO_NULL,
    };

    return run_suite("libbooth", tests);
}
