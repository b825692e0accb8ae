import java.net.InetAddress;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;

/**
 * DynamoDB Local listens on every interface and has no option for another. Its server is made as its own main method
 * makes it, from the same arguments, and is told to listen on loopback before it starts.
 */
class LoopbackDynamoDb {
  public static void main(String[] arguments) throws Exception {
    var local = ServerRunner.createServerFromCommandLineArgs(arguments);
    var field = local.getClass().getDeclaredField("server");
    field.setAccessible(true);
    for (var connector : ((Server) field.get(local)).getConnectors())
      ((ServerConnector) connector).setHost(InetAddress.getLoopbackAddress().getHostAddress());
    local.start();
    local.join();
  }
}
