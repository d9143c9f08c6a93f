/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* window.h by the Wayland wire protocol (wayland.freedesktop.org, chapter 4, and xdg-shell). */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "window.h"

#define WORDS   1024u
#define BUFFERS 3u
#define DISPLAY 1u

/* Objects: a client numbers them in the order in which it makes them. */
static uint32_t last_id = DISPLAY, registry, compositor, shm, shell, surface, xdg_surface, toplevel,
                pool, callback, seat, touch, keyboard, buffers[BUFFERS];

static int wire;
static uint32_t out[64];
static unsigned out_words;

static uint32_t width = 720, height = 1376, side;
static uint32_t *pixels;
static int busy[BUFFERS];
static int configured, asked;
static const struct window_events *told;

static uint32_t new_id(uint32_t *object)
{
    return *object = ++last_id;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void begin(uint32_t object, uint32_t opcode)
{
    out[0] = object;
    out[1] = opcode;
    out_words = 2;
}

static void put(uint32_t value)
{
    out[out_words++] = value;
}

static void put_text(const char *text)
{
    const size_t len = strlen(text) + 1;

    put((uint32_t)len);
    memset(&out[out_words], 0, (len + 3) & ~3u);
    memcpy(&out[out_words], text, len);
    out_words += (unsigned)(len + 3) / 4;
}

/* fd -1: none goes with it */
static void end(int fd)
{
    char control[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec part = {out, out_words * 4};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

    out[1] |= out_words * 4 << 16;
    if (fd >= 0) {
        struct cmsghdr *header;

        message.msg_control = control;
        message.msg_controllen = sizeof(control);
        header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(header), &fd, sizeof(fd));
    }
    if (sendmsg(wire, &message, 0) < 0) {
        fail("to the compositor");
    }
}

static void bind_global(uint32_t name, const char *interface, uint32_t *object)
{
    begin(registry, 0);
    put(name);
    put_text(interface);
    put(1);
    put(new_id(object));
    end(-1);
}

static void on_global(const uint32_t *args)
{
    const char *interface = (const char *)&args[2];

    if (!strcmp(interface, "wl_compositor")) {
        bind_global(args[0], interface, &compositor);
    } else if (!strcmp(interface, "wl_shm")) {
        bind_global(args[0], interface, &shm);
    } else if (!strcmp(interface, "wl_seat") && !seat) {
        bind_global(args[0], interface, &seat);
    } else if (!strcmp(interface, "xdg_wm_base")) {
        bind_global(args[0], interface, &shell);
    }
}

static void on_event(uint32_t object, uint32_t opcode, const uint32_t *args)
{
    if (object == DISPLAY && opcode == 0) {
        fprintf(stderr, "the compositor says: %s\n", (const char *)&args[3]);
        exit(1);
    } else if (object == registry && opcode == 0) {
        on_global(args);
    } else if (object == shell && opcode == 0) {
        begin(shell, 3); /* pong */
        put(args[0]);
        end(-1);
    } else if (object == toplevel && opcode == 0 && args[0] && args[1]) {
        width = args[0];
        height = args[1];
    } else if (object == xdg_surface && opcode == 0) {
        begin(xdg_surface, 4); /* ack_configure */
        put(args[0]);
        end(-1);
        configured = 1;
    } else if (object == callback && opcode == 0) {
        asked = 1;
        if (pixels) {
            told->frame();
        }
    } else if ((object == touch && opcode == 0) || (object == keyboard && opcode == 3 && args[3])) {
        told->pressed();
    }
    for (unsigned i = 0; i < BUFFERS; i++) {
        busy[i] = busy[i] && !(object == buffers[i] && opcode == 0);
    }
}

void window_take(void)
{
    static uint32_t in[WORDS];
    static size_t bytes;
    const ssize_t got = recv(wire, (char *)in + bytes, sizeof(in) - bytes, 0);
    size_t at = 0;

    if (got <= 0) {
        fail("from the compositor");
    }
    bytes += (size_t)got;
    while (bytes - at >= 8 && bytes - at >= in[at / 4 + 1] >> 16 && in[at / 4 + 1] >> 16 >= 8) {
        const uint32_t *event = &in[at / 4];

        on_event(event[0], event[1] & 0xffff, event + 2);
        at += event[1] >> 16;
    }
    memmove(in, (char *)in + at, bytes - at);
    bytes -= at;
}

static void open_wire(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
    wire = socket(AF_UNIX, SOCK_STREAM, 0);
    if (wire < 0 || connect(wire, (struct sockaddr *)&address, sizeof(address)) < 0) {
        fail(path);
    }
}

/* A request with a new object, and perhaps another argument after it. */
static void make(uint32_t object, uint32_t opcode, uint32_t id, uint32_t more)
{
    begin(object, opcode);
    put(id);
    if (more) {
        put(more);
    }
    end(-1);
}

static void make_window(void)
{
    make(DISPLAY, 1, new_id(&registry), 0);
    make(DISPLAY, 0, new_id(&callback), 0); /* sync: all globals are known then */
    while (!asked) {
        window_take();
    }
    asked = 0;
    if (seat && told->pressed) {
        make(seat, 2, new_id(&touch), 0);
        make(seat, 1, new_id(&keyboard), 0);
    }
    make(compositor, 0, new_id(&surface), 0);
    make(shell, 2, new_id(&xdg_surface), surface);
    make(xdg_surface, 1, new_id(&toplevel), 0);
    begin(toplevel, 11); /* set_fullscreen */
    put(0);
    end(-1);
    begin(surface, 6); /* commit */
    end(-1);
    while (!configured) {
        window_take();
    }
}

static void make_buffers(void)
{
    const uint32_t size = width * height * 4;
    const int memory = memfd_create("window", 0);

    if (memory < 0 || ftruncate(memory, (off_t)size * BUFFERS) < 0) {
        fail("memory for the window");
    }
    pixels = mmap(NULL, (size_t)size * BUFFERS, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (pixels == MAP_FAILED) {
        fail("memory for the window");
    }
    begin(shm, 0);
    put(new_id(&pool));
    put(size * BUFFERS);
    end(memory);
    for (uint32_t i = 0; i < BUFFERS; i++) {
        begin(pool, 0);
        put(new_id(&buffers[i]));
        put(i * size);
        put(width);
        put(height);
        put(width * 4);
        put(1); /* XRGB8888 */
        end(-1);
    }
}

/* The next buffer that the compositor does not hold; -1: it holds all of them. */
static int free_buffer(void)
{
    static unsigned last;

    for (unsigned i = 0; i < BUFFERS; i++) {
        last = (last + 1) % BUFFERS;
        if (!busy[last]) {
            return (int)last;
        }
    }
    return -1;
}

static void paint(unsigned buffer, uint32_t colour, uint32_t w, uint32_t h)
{
    uint32_t *to = pixels + (size_t)buffer * width * height;

    for (uint32_t y = 0; y < h; y++, to += width) {
        for (uint32_t x = 0; x < w; x++) {
            to[x] = colour;
        }
    }
}

int window_draw(uint32_t colour)
{
    const uint32_t w = side ? side : width, h = side ? side : height;
    const int buffer = free_buffer();

    if (buffer < 0) {
        return 0;
    }
    paint((unsigned)buffer, colour, w, h);
    begin(surface, 1); /* attach */
    put(buffers[buffer]);
    put(0);
    put(0);
    end(-1);
    begin(surface, 2); /* damage */
    put(0);
    put(0);
    put(w);
    put(h);
    end(-1);
    make(surface, 3, callback, 0);
    begin(surface, 6);
    end(-1);
    busy[buffer] = 1;
    return 1;
}

void window_open(const char *path, unsigned square, const struct window_events *events)
{
    told = events;
    open_wire(path);
    make_window();
    side = square < width ? square : 0;
    make_buffers();
}
