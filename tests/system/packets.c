/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/*
 * A program for guests that sends frames by which a firewall may be deceived, each to 192.0.2.77:
 *
 *   packets INTERFACE
 *
 * The first is a good UDP datagram with the data "frame-a", the others cannot be judged and have
 * "frame-b", "frame-c" and so on. Prints "packets N", all of them.
 */
#include <arpa/inet.h>
#include <net/if.h>
#include <netpacket/packet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define DATA  8u
#define ETHER 14u
#define IP    (ETHER + 20u)
#define UDP   (IP + 8u)
#define SIZE  (UDP + DATA)
#define IPV6  40u

static uint8_t frame[128];
static size_t len;

static void put(size_t at, unsigned value)
{
    frame[at] = (uint8_t)(value >> 8);
    frame[at + 1] = (uint8_t)value;
}

/* Of the IPv4 header as it is now. */
static void sum(void)
{
    uint32_t s = 0;

    put(ETHER + 10, 0);
    for (size_t i = ETHER; i < IP; i += 2) {
        s += (uint32_t)frame[i] << 8 | frame[i + 1];
    }
    put(ETHER + 10, ~((s & 0xffff) + (s >> 16)) & 0xffff);
}

static void good(const uint8_t *mac, unsigned number)
{
    static const uint8_t to[] = {0x52, 0x55, 10, 0, 2, 2}, from_ip[] = {10, 0, 2, 15},
                         to_ip[] = {192, 0, 2, 77};

    memset(frame, 0, sizeof(frame));
    len = SIZE;
    memcpy(frame, to, 6);
    memcpy(frame + 6, mac, 6);
    put(12, 0x0800);
    frame[ETHER] = 0x45;
    put(ETHER + 2, SIZE - ETHER);
    frame[ETHER + 8] = 64;
    frame[ETHER + 9] = 17;
    memcpy(frame + ETHER + 12, from_ip, 4);
    memcpy(frame + ETHER + 16, to_ip, 4);
    put(IP, 40000);
    put(IP + 2, 9);
    put(IP + 4, 8 + DATA);
    snprintf((char *)frame + UDP, DATA, "frame-%c", 'a' + (int)number);
    sum();
}

static void vlan(void)
{
    memmove(frame + 16, frame + 12, len - 12);
    put(12, 0x8100);
    put(14, 1);
    len += 4;
}

static void first_fragment(void)
{
    put(ETHER + 6, 0x2000);
    sum();
}

static void later_fragment(void)
{
    put(ETHER + 6, 3);
    sum();
}

static void too_long(void)
{
    put(ETHER + 2, SIZE - ETHER + 1);
    sum();
}

static void short_header(void)
{
    frame[ETHER] = 0x44;
    sum();
}

static void no_whole_udp(void)
{
    put(ETHER + 2, 20 + 4);
    sum();
}

static void other_type(void)
{
    put(12, 0x88b5);
}

/* A header of options for each hop, which may hide the one that counts. */
static void extension(void)
{
    memmove(frame + ETHER + IPV6 + 8, frame + IP, 8 + DATA);
    memset(frame + ETHER, 0, IPV6 + 8);
    put(12, 0x86dd);
    frame[ETHER] = 0x60;
    put(ETHER + 4, 8 + 8 + DATA);
    frame[ETHER + 7] = 64;
    frame[ETHER + 8] = 0xfe;
    frame[ETHER + 9] = 0xc0;
    frame[ETHER + 24] = 0x20;
    frame[ETHER + 25] = 0x01;
    frame[ETHER + IPV6] = 17;
    len = ETHER + IPV6 + 8 + 8 + DATA;
}

static void (*const spoil[])(void) = {vlan,         first_fragment, later_fragment, too_long,
                                      short_header, no_whole_udp,   other_type,     extension};

int main(int argc, char **argv)
{
    const int wire = socket(AF_PACKET, SOCK_RAW, 0);
    struct sockaddr_ll to = {.sll_family = AF_PACKET, .sll_halen = 6};
    const unsigned all = 1 + sizeof(spoil) / sizeof(spoil[0]);
    struct ifreq request = {0};

    strncpy(request.ifr_name, argc > 1 ? argv[1] : "eth0", IFNAMSIZ - 1);
    to.sll_ifindex = (int)if_nametoindex(request.ifr_name);
    if (wire < 0 || ioctl(wire, SIOCGIFHWADDR, &request) < 0) {
        perror(request.ifr_name);
        return 1;
    }
    for (unsigned i = 0; i < all; i++) {
        good((uint8_t *)request.ifr_hwaddr.sa_data, i);
        if (i) {
            spoil[i - 1]();
        }
        if (sendto(wire, frame, len, 0, (struct sockaddr *)&to, sizeof(to)) < 0) {
            perror("sendto");
            return 1;
        }
    }
    printf("packets %u\n", all);
    return 0;
}
