/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * Runs in a persona without Python: its USB devices, and pictures of its cameras.
 *
 *   look list                                  names of the devices that the handset offers
 *   look attach                                gives each to vhci-hcd
 *   look connect CID PORT                      tries to; exit status 1: refused
 *   look take DEVICE WIDTH HEIGHT FRAMES FILE [jpeg]
 *                                              FILE gets the last of so many frames, as it came:
 *                                              YUY2, or JPEG
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <linux/vm_sockets.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PORT    3240u
#define LIST    0x8005u
#define IMPORT  0x8003u
#define DEVICE  312u
#define ATTACH  "/sys/devices/platform/vhci_hcd.0/attach"
#define BUFFERS 4u

static void die(const char *what)
{
    fprintf(stderr, "look: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* ---- Sockets --------------------------------------------------------------------------------- */

static int connect_to(unsigned cid, unsigned port)
{
    const struct sockaddr_vm address = {.svm_family = AF_VSOCK, .svm_port = port, .svm_cid = cid};
    const int file = socket(AF_VSOCK, SOCK_STREAM, 0);

    if (file < 0 || connect(file, (const struct sockaddr *)&address, sizeof(address))) {
        die("vsock");
    }
    return file;
}

static void receive(int file, void *to, size_t size)
{
    if (recv(file, to, size, MSG_WAITALL) != (ssize_t)size) {
        die("the connection ended");
    }
}

static uint32_t word(const uint8_t *from)
{
    uint32_t value;

    memcpy(&value, from, sizeof(value));
    return ntohl(value);
}

static int ask(unsigned code, const char *name)
{
    uint8_t request[40] = {1, 0x11, (uint8_t)(code >> 8), (uint8_t)code}, reply[8];
    const int file = connect_to(VMADDR_CID_HOST, PORT);

    snprintf((char *)request + 8, 32, "%s", name);
    if (send(file, request, code == IMPORT ? 40 : 8, 0) < 0) {
        die("send");
    }
    receive(file, reply, sizeof(reply));
    if (word(reply + 4)) {
        fprintf(stderr, "look: %s: status %u\n", name, word(reply + 4));
        exit(1);
    }
    return file;
}

/* Prints the names; returns how many, and the names. */
static unsigned list(char names[][32], unsigned most)
{
    const int file = ask(LIST, "");
    uint8_t count[4], device[DEVICE], interface[4];

    receive(file, count, sizeof(count));
    for (unsigned i = 0; i < word(count) && i < most; i++) {
        receive(file, device, sizeof(device));
        for (unsigned n = 0; n < device[DEVICE - 1]; n++) {
            receive(file, interface, sizeof(interface));
        }
        memcpy(names[i], device + 256, 32);
        printf("%s\n", names[i]);
    }
    close(file);
    return word(count) < most ? word(count) : most;
}

static void attach(void)
{
    char names[4][32], text[64];
    uint8_t device[DEVICE];
    const unsigned count = list(names, 4);

    for (unsigned i = 0; i < count; i++) {
        const int file = ask(IMPORT, names[i]), to = open(ATTACH, O_WRONLY);
        int len;

        receive(file, device, sizeof(device));
        len = snprintf(text, sizeof(text), "%u %d %u %u", i, file,
                       word(device + 288) << 16 | word(device + 292), word(device + 296));
        if (to < 0 || write(to, text, (size_t)len) != len) {
            die(ATTACH);
        }
        close(to);
        close(file);
    }
}

/* ---- Pictures -------------------------------------------------------------------------------- */

static void control(int file, unsigned long request, void *argument, const char *what)
{
    if (ioctl(file, request, argument)) {
        die(what);
    }
}

static void set_format(int file, unsigned width, unsigned height, uint32_t kind)
{
    struct v4l2_format format = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};

    format.fmt.pix.width = width;
    format.fmt.pix.height = height;
    format.fmt.pix.pixelformat = kind;
    control(file, VIDIOC_S_FMT, &format, "size and format");
    if (format.fmt.pix.width != width || format.fmt.pix.height != height ||
        format.fmt.pix.pixelformat != kind) {
        errno = EINVAL;
        die("another size or format");
    }
}

static struct v4l2_buffer buffer_of(unsigned index)
{
    return (struct v4l2_buffer){
        .index = index, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
}

static void map_buffers(int file, void *data[BUFFERS])
{
    struct v4l2_requestbuffers request = {
        .count = BUFFERS, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};

    control(file, VIDIOC_REQBUFS, &request, "buffers");
    for (unsigned i = 0; i < BUFFERS; i++) {
        struct v4l2_buffer buffer = buffer_of(i);

        control(file, VIDIOC_QUERYBUF, &buffer, "a buffer");
        data[i] = mmap(NULL, buffer.length, PROT_READ, MAP_SHARED, file, buffer.m.offset);
        control(file, VIDIOC_QBUF, &buffer, "a buffer");
    }
}

static void keep(const char *path, const void *data, size_t size)
{
    FILE *out = fopen(path, "wb");

    if (!out || fwrite(data, size, 1, out) != 1 || fclose(out)) {
        die(path);
    }
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* All of it has come. */
static bool is_whole(const struct v4l2_buffer *buffer, const uint8_t *data, unsigned yuy2)
{
    const uint32_t n = buffer->bytesused;

    return !(buffer->flags & V4L2_BUF_FLAG_ERROR) &&
           (yuy2 ? n == yuy2
                 : n > 4 && data[0] == 0xff && data[1] == 0xd8 && data[n - 2] == 0xff &&
                       data[n - 1] == 0xd9);
}

static void take(const char *path, unsigned width, unsigned height, unsigned frames, const char *to,
                 bool jpeg)
{
    const int file = open(path, O_RDWR);
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    unsigned whole = 0;
    void *data[BUFFERS];
    double start = 0;

    if (file < 0) {
        die(path);
    }
    set_format(file, width, height, jpeg ? V4L2_PIX_FMT_MJPEG : V4L2_PIX_FMT_YUYV);
    map_buffers(file, data);
    control(file, VIDIOC_STREAMON, &type, "streaming");
    for (unsigned i = 0; i < frames; i++) {
        struct v4l2_buffer buffer = buffer_of(0);

        control(file, VIDIOC_DQBUF, &buffer, "a frame");
        start = i ? start : now();
        if (is_whole(&buffer, data[buffer.index], jpeg ? 0 : 2 * width * height)) {
            keep(to, data[buffer.index], buffer.bytesused);
            whole++;
        }
        control(file, VIDIOC_QBUF, &buffer, "a buffer");
    }
    printf("frames %u whole %u rate %.1f\n", frames, whole, (frames - 1) / (now() - start));
    control(file, VIDIOC_STREAMOFF, &type, "streaming");
}

int main(int argc, char **argv)
{
    char names[4][32];

    if (argc == 2 && !strcmp(argv[1], "list")) {
        list(names, 4);
    } else if (argc == 2 && !strcmp(argv[1], "attach")) {
        attach();
    } else if (argc == 4 && !strcmp(argv[1], "connect")) {
        connect_to((unsigned)atoi(argv[2]), (unsigned)atoi(argv[3]));
    } else if ((argc == 7 || (argc == 8 && !strcmp(argv[7], "jpeg"))) && !strcmp(argv[1], "take")) {
        take(argv[2], (unsigned)atoi(argv[3]), (unsigned)atoi(argv[4]), (unsigned)atoi(argv[5]),
             argv[6], argc == 8);
    } else {
        fprintf(stderr,
                "usage: look list | attach | connect CID PORT | take DEVICE W H FRAMES FILE\n");
        return 2;
    }
    return 0;
}
