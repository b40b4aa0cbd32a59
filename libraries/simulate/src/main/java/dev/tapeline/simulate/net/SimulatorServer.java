package dev.tapeline.simulate.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The ports of a simulator, and its loop: one thread, named after the vendor, that owns all of the
 * simulator's state.
 */
public final class SimulatorServer implements AutoCloseable {

  /** How many messages leave by one call of the operating system at most. */
  private static final int FLUSHES = 64;

  private static final int LARGEST_REQUEST = 1 << 20;
  private static final double USUAL_SECONDS = 30;
  private static final long USUAL_LAG_MILLIS = 1400;
  private static final WriteBufferWaterMark BUFFER = new WriteBufferWaterMark(512 << 10, 2 << 20);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MultiThreadIoEventLoopGroup group;
  private final EventLoop loop;
  private final Faults faults = new Faults(System::nanoTime);
  private final Sockets sockets = new Sockets();
  private final SplittableRandom garbage = new SplittableRandom(1);

  /**
   * @param vendor for the name of the thread
   */
  public SimulatorServer(String vendor) {
    group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("simulator-" + vendor, true), NioIoHandler.newFactory());
    loop = group.next();
  }

  /** The loop, which owns all state. */
  public Executor loop() {
    return loop;
  }

  public Sockets sockets() {
    return sockets;
  }

  /** Does something again and again, on the loop. */
  public void every(Duration interval, Runnable action) {
    long nanos = interval.toNanos();
    var _ = loop.scheduleAtFixedRate(new Repeated(action), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Serves a vendor's site, which shows the faults; returns its port.
   *
   * @param port 0 for any
   */
  public int serve(HttpSite site, String host, int port) {
    return bind(site, host, port, faults);
  }

  /** Serves a site that shows no faults; returns its port. */
  public int serveSoundly(HttpSite site, String host, int port) {
    return bind(site, host, port, new Faults(System::nanoTime));
  }

  private int bind(HttpSite site, String host, int port, Faults shown) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, BUFFER)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel
                        .pipeline()
                        .addLast(new FlushConsolidationHandler(FLUSHES, true))
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
                        .addLast(new HttpHandler(site, shown, sockets));
                  }
                });
    try {
      Channel listening = bootstrap.bind(host, port).syncUninterruptibly().channel();
      return ((InetSocketAddress) listening.localAddress()).getPort();
    } catch (Exception e) { // Netty throws what the bind failed with, declared or not
      throw new SimulatorException(
          "can't listen on port %d: %s".formatted(port, e.getMessage()), e);
    }
  }

  /** Lets a fault happen, on the loop. */
  public void inject(Fault fault, VendorSite site) {
    switch (fault.kind().scope()) {
      case SOCKET -> affected(fault).forEach(socket -> hit(socket, fault, site));
      case VENDOR -> site.expireToken();
      case MESSAGE -> faults.add(bounded(fault));
      case CONNECTION, ANSWER -> faults.add(fault);
    }
  }

  /** A silence or lag that says no end lasts a while, and a lag that says no delay has one. */
  private static Fault bounded(Fault fault) {
    boolean endless = fault.seconds() == 0 && fault.count() == 0;
    boolean lag = fault.kind() == FaultKind.LAG;
    boolean lasts = fault.kind() == FaultKind.SILENCE || lag;
    Fault ending = endless && lasts ? fault.lasting(USUAL_SECONDS) : fault;
    return lag && fault.delayMillis() == 0 ? ending.late(USUAL_LAG_MILLIS) : ending;
  }

  /** The sockets that a fault happens to: the oldest, as many as its count says, or all. */
  private List<ClientSocket> affected(Fault fault) {
    List<ClientSocket> all =
        sockets.all().stream().filter(socket -> fault.isFor(socket.number())).toList();
    return fault.count() == 0 ? all : all.stream().limit(fault.count()).toList();
  }

  private void hit(ClientSocket socket, Fault fault, VendorSite site) {
    switch (fault.kind()) {
      case RESET -> socket.reset();
      case CLOSE -> socket.close(fault.status() == 0 ? 1001 : fault.status(), fault.text());
      case GARBAGE -> socket.sendNow(Damage.garbage(site.unknownMessage(socket), garbage));
      case UNKNOWN_CODE -> socket.sendNow(site.unknownMessage(socket));
      case SHUTDOWN -> site.shutDown(socket);
      case CONNECTION_LIMIT -> site.exceedConnections(socket);
      default -> throw new IllegalStateException("not a fault of sockets: " + fault.kind());
    }
  }

  /** Ends all faults that go on. On the loop. */
  public void clearFaults() {
    faults.clear();
  }

  /** The kinds of the faults that go on. On the loop. */
  public List<String> faults() {
    return faults.kinds();
  }

  /** Does something on the loop, and waits for its result. */
  public <T> T call(Callable<T> action) {
    try {
      return loop.inEventLoop()
          ? action.call()
          : loop.submit(action).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new SimulatorException("the simulator has failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SimulatorException("interrupted", e);
    } catch (TimeoutException e) {
      throw new SimulatorException("the simulator does not answer", e);
    } catch (Exception e) {
      throw new SimulatorException("the simulator has failed", e);
    }
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .awaitUninterruptibly(PATIENCE.toMillis());
  }
}
