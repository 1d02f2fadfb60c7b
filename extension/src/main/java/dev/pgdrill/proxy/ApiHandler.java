package dev.pgdrill.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between Netty's HTTP and the API, which has its own thread, where it may wait. */
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

  private final Api api;
  private final Executor apiThread;

  ApiHandler(Api api, Executor apiThread) {
    this.api = api;
    this.apiThread = apiThread;
  }

  /** What is needed of a request after its buffer is gone. */
  private record Request(String method, String uri, String userAgent, String body, boolean broken) {
    static Request of(FullHttpRequest request) {
      return new Request(
          request.method().name(),
          request.uri(),
          request.headers().get(HttpHeaderNames.USER_AGENT, ""),
          request.content().toString(StandardCharsets.UTF_8),
          request.decoderResult().isFailure());
    }
  }

  /** One thread and one queue: the answers to pipelined requests keep their order. */
  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
    Request request = Request.of(message);
    apiThread.execute(() -> write(ctx, request, answer(request)));
  }

  private static void write(ChannelHandlerContext ctx, Request request, Api.Answer answer) {
    LOG.debug("{} {}: {}", request.method, request.uri, answer.status());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
    if (answer.contentType() != null) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    }
    // HttpServerKeepAliveHandler closes the connection when the client wants no other request.
    ctx.writeAndFlush(response)
        .addListener(
            request.broken ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private Api.Answer answer(Request request) {
    if (request.broken) {
      return Api.error(ApiException.malformedUrl());
    }
    if (request.userAgent.startsWith("Mozilla/")) {
      return Api.Answer.text(403, "text/plain; charset=utf-8", "User agent not allowed\n");
    }
    try {
      return api.handle(request.method, segments(request.uri), request.body);
    } catch (ApiException e) {
      return Api.error(e);
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method, request.uri, e);
      return Api.error(ApiException.internal(String.valueOf(e)));
    }
  }

  /** Splits before decoding, so that a name may have a slash in it, written as %2F. */
  private static List<String> segments(String uri) {
    String path = uri.replaceFirst("[?#].*", "");
    if (!path.startsWith("/")) {
      throw ApiException.pageNotFound();
    }
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      try {
        // In a path, unlike in a form, a plus is a plus.
        segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw ApiException.malformedUrl();
      }
    }
    return segments;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      Sockets.close(ctx.channel());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("An API connection failed", cause);
    Sockets.close(ctx.channel());
  }
}
