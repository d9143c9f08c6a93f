/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * The control socket with clients of all kinds: server, client and request as they are, verbs and
 * phone are stand-ins. Everything runs on this thread: a client's bytes are written, the context is
 * iterated until nothing happens, the answers are read.
 */
#include "suite.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "control/message.h"
#include "control/session.h"
#include "control/verbs.h"

static struct handset handset = {.vm_count = 0};
static struct phone phone;
static struct server *server;
static char *folder, *path;
static GPtrArray *held; /* requests whose verb has not answered yet */
static unsigned cancelled;
static struct input *input;
static GString *touches; /* what reached the panel */

/* Stand-ins for the phone and for verbs that other files have. */
void phone_observe(struct phone *to G_GNUC_UNUSED, phone_observer_fn *fn G_GNUC_UNUSED,
                   void *opaque G_GNUC_UNUSED)
{
}

struct phone_vm *phone_find_vm(struct phone *of G_GNUC_UNUSED, const char *name G_GNUC_UNUSED)
{
    return NULL;
}

const char *phone_state_name(enum vm_state state G_GNUC_UNUSED)
{
    return "paused";
}

void service_request(struct service *service G_GNUC_UNUSED, const char *text G_GNUC_UNUSED,
                     unsigned timeout_s G_GNUC_UNUSED, service_reply_fn *reply, void *opaque)
{
    reply(opaque, NULL, NULL);
}

static unsigned told; /* requests that others would hear of */

void session_tell_request(struct request *request)
{
    told += request->session != NULL;
}

void session_tell(struct session *session G_GNUC_UNUSED, enum phone_change change G_GNUC_UNUSED,
                  struct phone_vm *vm G_GNUC_UNUSED)
{
}

void session_send_console(struct session *session G_GNUC_UNUSED,
                          const struct vmlog *log G_GNUC_UNUSED)
{
}

void waiters_check(struct server *of G_GNUC_UNUSED)
{
}

void tracer_free(struct tracer *tracer G_GNUC_UNUSED)
{
}

static void touch(unsigned slot, enum touch_type type, int x, int y, int width G_GNUC_UNUSED,
                  int height G_GNUC_UNUSED)
{
    g_string_append_printf(touches, "%u %s %d,%d;", slot, type == TOUCH_DOWN ? "down" : "up", x, y);
}

static void cancel(struct request *request)
{
    g_ptr_array_remove(held, request);
    cancelled++;
    request_drop(request);
}

/* vms answers with much, stats when it is told to, wait-ready the same but it can be cancelled. */
static void any_verb(struct request *request)
{
    const char *name = args_string(request->args, "verb", "");

    if (strcmp(name, "vms") == 0) {
        JsonObject *body = json_object_new();
        g_autofree char *much = g_strnfill(1 << 20, 'x');
        json_object_set_string_member(body, "much", much);
        request_ok(request, body);
    } else if (strcmp(name, "wait-ready") == 0) {
        request->cancel = cancel;
        g_ptr_array_add(held, request);
    } else if (strcmp(name, "stats") == 0) {
        g_ptr_array_add(held, request);
    } else {
        request_ok(request, NULL);
    }
}

void (*const verb_functions[])(struct request *request) = {[0 ... 63] = any_verb};

static void settle(void)
{
    while (g_main_context_iteration(phone.context, FALSE)) {
    }
}

static int connect_client(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);

    g_strlcpy(address.sun_path, path, sizeof(address.sun_path));
    CU_ASSERT_EQUAL_FATAL(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    settle();
    return fd;
}

static void send_text(int fd, const char *text)
{
    gsize length = strlen(text);

    while (length > 0) {
        gssize done = write(fd, text, length);
        if (done < 0) {
            break; /* it hung up, or takes no more */
        }
        text += done;
        length -= (gsize)done;
        settle();
    }
    settle();
}

/* What has come, at most `limit` bytes; *ended: the connection is closed. */
static GString *receive(int fd, gsize limit, bool *ended)
{
    GString *got = g_string_new(NULL);
    char chunk[65536];
    gssize length = 0;

    *ended = false;
    while (got->len < limit && ((length = read(fd, chunk, sizeof(chunk))) > 0)) {
        g_string_append_len(got, chunk, length);
        settle();
    }
    *ended = got->len < limit && length == 0;
    return got;
}

/* The only thing that came is a line with `part` in it. */
static void expect(int fd, const char *part)
{
    bool ended;
    g_autoptr(GString) got = receive(fd, 4096, &ended);

    CU_ASSERT_TRUE(got->len > 0 && strchr(got->str, '\n') == got->str + got->len - 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(got->str, part));
}

static void expect_nothing(int fd)
{
    bool ended;
    g_autoptr(GString) got = receive(fd, 4096, &ended);

    CU_ASSERT_EQUAL(got->len, 0);
    CU_ASSERT_FALSE(ended);
}

static void expect_end(int fd)
{
    bool ended;
    g_autoptr(GString) got = receive(fd, 1u << 30, &ended);

    CU_ASSERT_TRUE(ended);
}

static void leave(int fd)
{
    close(fd);
    settle();
}

static void serves_several(void)
{
    int a = connect_client(), b = connect_client();

    told = 0;
    send_text(a, "{\"id\":1,\"verb\":\"hello\"}\n");
    CU_ASSERT_EQUAL(told, 1);
    send_text(b, "{\"id\":\"two\",\"verb\":\"hello\"}\n");
    expect(a, "\"id\":1");
    expect(b, "\"id\":\"two\"");
    leave(a);
    send_text(b, "{\"id\":3,\"verb\":\"status\"}\n");
    expect(b, "\"id\":3");
    leave(b);
    CU_ASSERT_EQUAL(server->sessions->len, 0);
}

static void takes_lines_in_pieces(void)
{
    int fd = connect_client();

    send_text(fd, "{\"id\":1,\"ver");
    expect_nothing(fd);
    send_text(fd, "b\":\"hello\"}");
    expect_nothing(fd);
    send_text(fd, "\n\r\n  \n");
    expect(fd, "\"ok\":true");
    send_text(fd, "{\"id\":1,\"verb\":\"hello\"}\n{\"id\":2,\"verb\":\"nothing\"}\n");
    bool ended;
    g_autoptr(GString) got = receive(fd, 4096, &ended);
    CU_ASSERT_PTR_NOT_NULL(strstr(got->str, "\"id\":1"));
    CU_ASSERT_PTR_NOT_NULL(strstr(got->str, "unknown-verb"));
    leave(fd);
}

static void ends_long_lines(void)
{
    g_autofree char *longest = g_strnfill(MESSAGE_MAX - 1, ' ');
    g_autofree char *longer = g_strnfill(MESSAGE_MAX + 1, 'x');
    int fd = connect_client();

    memcpy(longest, "{\"verb\":\"hello\"}", 16);
    send_text(fd, longest);
    send_text(fd, "\n");
    expect(fd, "\"ok\":true");
    send_text(fd, longer);
    expect(fd, "too-long");
    expect_end(fd);
    leave(fd);
}

static void closes_a_slow_reader(void)
{
    int slow = connect_client(), other = connect_client();

    for (int i = 0; i < 40; i++) {
        send_text(slow, "{\"verb\":\"vms\"}\n");
    }
    send_text(other, "{\"id\":1,\"verb\":\"hello\"}\n");
    expect(other, "\"id\":1");
    expect_end(slow);
    CU_ASSERT_EQUAL(server->sessions->len, 1);
    leave(slow);
    leave(other);
}

static void limits_requests(void)
{
    int fd = connect_client();

    for (int i = 0; i < SESSION_WAITING_MAX; i++) {
        send_text(fd, "{\"verb\":\"stats\"}\n");
    }
    expect_nothing(fd);
    send_text(fd, "{\"id\":65,\"verb\":\"hello\"}\n");
    expect(fd, "busy");
    request_ok(g_ptr_array_remove_index(held, 0), NULL);
    settle();
    expect(fd, "\"ok\":true");
    send_text(fd, "{\"id\":66,\"verb\":\"hello\"}\n");
    expect(fd, "\"ok\":true");
    while (held->len > 0) {
        request_ok(g_ptr_array_remove_index(held, 0), NULL);
    }
    leave(fd);
    CU_ASSERT_EQUAL(server->requests->len, 0);
}

static void limits_clients(void)
{
    int fd[33];

    for (int i = 0; i < 32; i++) {
        fd[i] = connect_client();
    }
    send_text(fd[31], "{\"verb\":\"hello\"}\n");
    expect(fd[31], "\"ok\":true");
    fd[32] = connect_client();
    expect(fd[32], "too-many");
    expect_end(fd[32]);
    leave(fd[0]);
    fd[0] = connect_client();
    send_text(fd[0], "{\"verb\":\"hello\"}\n");
    expect(fd[0], "\"ok\":true");
    for (int i = 0; i < 33; i++) {
        leave(fd[i]);
    }
}

/* Waits end with their client; what was begun goes on, its answer goes nowhere. */
static void forgets_who_left(void)
{
    int fd = connect_client();

    cancelled = 0;
    send_text(fd, "{\"verb\":\"wait-ready\"}\n{\"verb\":\"stats\"}\n{\"verb\":\"wait-ready\"}\n");
    CU_ASSERT_EQUAL(held->len, 3);
    leave(fd);
    CU_ASSERT_EQUAL(cancelled, 2);
    CU_ASSERT_EQUAL_FATAL(held->len, 1);
    request_ok(g_ptr_array_remove_index(held, 0), NULL);
    CU_ASSERT_EQUAL(server->requests->len, 0);
}

/* What a client holds down goes up with it; what is kept does not. */
static void lets_go(void)
{
    int fd = connect_client();
    struct session *session = g_ptr_array_index(server->sessions, 0);

    g_string_truncate(touches, 0);
    input_finger_down(session->source, 0, (struct input_point){1, 2, 10, 10});
    input_finger_down(server->kept, 0, (struct input_point){3, 4, 10, 10});
    leave(fd);
    CU_ASSERT_STRING_EQUAL(touches->str, "0 down 1,2;1 down 3,4;0 up 1,2;");
    input_release(server->kept);
}

static void asks_what_is_needed(void)
{
    int fd = connect_client();

    phone.machine = MACHINE_PAUSED;
    send_text(fd, "{\"verb\":\"tap\",\"x\":1,\"y\":1}\n");
    expect(fd, "bad-state");
    phone.machine = MACHINE_STOPPED;
    send_text(fd, "{\"verb\":\"key\",\"key\":\"a\"}\n");
    expect(fd, "machine-stopped");
    phone.machine = MACHINE_RUNNING;
    phone.service_up = false;
    send_text(fd, "{\"verb\":\"key\",\"key\":\"a\"}\n");
    expect(fd, "not-ready");
    phone.service_up = true;
    send_text(fd, "{\"verb\":\"key\",\"key\":\"a\"}\n");
    expect(fd, "no persona is in front");
    handset.vm[0].name = (char *)"personal";
    phone.front = &handset.vm[0];
    phone.vm[0] = (struct phone_vm){.desc = &handset.vm[0], .state = VM_PAUSED};
    send_text(fd, "{\"verb\":\"text\",\"text\":\"a\"}\n");
    expect(fd, "personal, which is in front, is paused");
    phone.vm[0].state = VM_RUNNING;
    send_text(fd, "{\"verb\":\"text\",\"text\":\"a\"}\n");
    expect(fd, "\"ok\":true");
    leave(fd);
}

static int set_up(void)
{
    g_autoptr(GError) error = NULL;

    folder = g_dir_make_tmp("server-XXXXXX", NULL);
    path = g_build_filename(folder, "control.sock", NULL);
    phone.context = g_main_context_new();
    phone.machine = MACHINE_RUNNING;
    phone.handset = &handset;
    held = g_ptr_array_new();
    touches = g_string_new(NULL);
    input = input_new(&(struct input_target){.touch = touch});
    input_set_running(input, true);
    server = server_new(
        &(struct server_config){.phone = &phone, .input = input, .path = path, .version = "1"},
        &error);
    return server == NULL;
}

static int tear_down(void)
{
    server_free(server);
    input_free(input);
    g_string_free(touches, TRUE);
    g_main_context_unref(phone.context);
    g_ptr_array_unref(held);
    bool left = g_file_test(path, G_FILE_TEST_EXISTS);
    g_rmdir(folder);
    g_free(folder);
    g_free(path);
    return left;
}

int main(void)
{
    static const CU_TestInfo tests[] = {
        {"serves several clients", serves_several},
        {"takes lines in pieces", takes_lines_in_pieces},
        {"ends long lines", ends_long_lines},
        {"closes a slow reader", closes_a_slow_reader},
        {"limits requests", limits_requests},
        {"limits clients", limits_clients},
        {"forgets who left", forgets_who_left},
        {"lets go of what a client held", lets_go},
        {"asks what is needed", asks_what_is_needed},
        CU_TEST_INFO_NULL,
    };

    if (set_up() != 0) {
        return 1;
    }
    int status = run_suite("control server", tests);
    return tear_down() ? 1 : status;
}
