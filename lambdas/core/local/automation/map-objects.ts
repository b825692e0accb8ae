/** What maps read and write in S3, with the keys of the machines and no others. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

export interface MapObjects {
  read(place: { bucket: string; key: string }): Promise<string>;
  /** Answers with its size in bytes. */
  write(place: { bucket: string; key: string }, content: unknown): Promise<number>;
}

/** `client` is asked for at the first call: the endpoint that it calls begins after what calls it. */
export const mapObjects = (client: () => S3Client): MapObjects => ({
  async read({ bucket, key }) {
    const { Body } = await client().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? '';
  },

  async write({ bucket, key }, content) {
    const body = Buffer.from(JSON.stringify(content));
    await client().send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' }),
    );
    return body.byteLength;
  },
});
