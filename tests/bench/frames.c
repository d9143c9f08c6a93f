/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A program for guests that animates a full-screen window and counts its frames:
 *
 *   frames SOCKET SECONDS [SIDE]
 *
 * SOCKET is the compositor's, SIDE the pixels that change in each frame, as a square; without it,
 * all of them. It draws a frame when the compositor asks for one (wl_surface.frame) and prints
 * "frames N in S s". It speaks the Wayland wire protocol itself (wayland.freedesktop.org, chapter
 * 4, and xdg-shell), so that it needs no library of the guest's.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define WORDS   1024u
#define BUFFERS 3u
#define DISPLAY 1u

/* Objects: a client numbers them in the order in which it makes them. */
static uint32_t last_id = DISPLAY, registry, compositor, shm, shell, surface, xdg_surface, toplevel,
                pool, callback, buffers[BUFFERS];

static int wire;
static uint32_t out[64];
static unsigned out_words;

static uint32_t width = 720, height = 1376, side;
static uint32_t *pixels;
static int busy[BUFFERS];
static int configured, asked;
static unsigned frames;

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
    } else if (!strcmp(interface, "xdg_wm_base")) {
        bind_global(args[0], interface, &shell);
    }
}

static void on_event(uint32_t object, uint32_t opcode, const uint32_t *args)
{
    if (object == DISPLAY && opcode == 0) {
        fprintf(stderr, "frames: the compositor says: %s\n", (const char *)&args[3]);
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
        frames++;
    }
    for (unsigned i = 0; i < BUFFERS; i++) {
        busy[i] = busy[i] && !(object == buffers[i] && opcode == 0);
    }
}

/* Waits for events, and handles them. */
static void take(void)
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

/* One request with a new object, and perhaps another argument after it. */
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
        take();
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
        take();
    }
}

static void make_buffers(void)
{
    const uint32_t size = width * height * 4;
    const int memory = memfd_create("frames", 0);

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

/* A square, or all, in a colour that changes. */
static void draw(unsigned buffer)
{
    const uint32_t w = side ? side : width, h = side ? side : height;
    uint32_t *to = pixels + (size_t)buffer * width * height, colour = frames * 0x030507u;

    for (uint32_t y = 0; y < h; y++, to += width) {
        for (uint32_t x = 0; x < w; x++) {
            to[x] = colour;
        }
    }
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
    asked = 0;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void animate(double seconds)
{
    const double started = now();
    unsigned buffer = 0;

    frames = 0;
    draw(0);
    while (now() - started < seconds) {
        take();
        for (unsigned i = 0; asked && i < BUFFERS; i++) {
            buffer = (buffer + 1) % BUFFERS;
            if (!busy[buffer]) {
                draw(buffer);
            }
        }
    }
    printf("frames %u in %.3f s\n", frames, now() - started);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: frames SOCKET SECONDS [SIDE]\n");
        return 2;
    }
    side = argc > 3 ? (uint32_t)atoi(argv[3]) : 0;
    open_wire(argv[1]);
    make_window();
    side = side < width ? side : 0;
    make_buffers();
    animate(atof(argv[2]));
    return 0;
}
